#pragma once
// A client of the management port, for tests: one request a connection.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace iothub::test {

class management_connection {
public:
    explicit management_connection(std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in hub{};
        hub.sin_family = AF_INET;
        hub.sin_port = htons(port);
        hub.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&hub), sizeof hub) != 0) {
            throw std::runtime_error("no hub on the management port");
        }
    }
    ~management_connection() { ::close(socket_); }
    management_connection(const management_connection&) = delete;
    management_connection& operator=(const management_connection&) = delete;

    void ask(std::string_view method, std::string_view target, std::string_view body = {}) {
        std::string text;
        text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
        text.append("Connection: close\r\nContent-Length: ").append(std::to_string(body.size()));
        text.append("\r\n\r\n").append(body);
        if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(text.size())) {
            throw std::runtime_error("the request could not be sent");
        }
    }

    // Reads until `text` has come, or the end where it is empty; everything up to now.
    const std::string& read_until(std::string_view text) {
        char bytes[4096];
        while (text.empty() || received_.find(text) == received_.npos) {
            const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
            if (count < 0) {
                throw std::runtime_error("nothing came for 20 s");
            }
            if (count == 0) {
                break;
            }
            received_.append(bytes, static_cast<std::size_t>(count));
        }
        return received_;
    }

private:
    int socket_;
    std::string received_;
};

// The response with its head.
inline std::string ask_management(std::uint16_t port, std::string_view method,
                                  std::string_view target, std::string_view body = {}) {
    management_connection c(port);
    c.ask(method, target, body);
    return c.read_until({});
}

} // namespace iothub::test
