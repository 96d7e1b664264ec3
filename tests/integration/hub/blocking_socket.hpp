#pragma once
// A client's socket, with or without TLS, for tests that say what no library would. Calls block,
// save those that only look.

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace iothub::test {

// Trusts everybody: the hub is the one this test has started.
class tls_client_context {
public:
    tls_client_context()
        : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
    }
    SSL_CTX* get() const { return context_.get(); }

private:
    struct release {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, release> context_;
};

class blocking_socket {
public:
    explicit blocking_socket(std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            ::close(socket_);
            throw std::runtime_error("no connection");
        }
    }
    blocking_socket(std::uint16_t port, const tls_client_context& context)
        : blocking_socket(port) {
        ssl_.reset(SSL_new(context.get()));
        if (SSL_set_fd(ssl_.get(), socket_) != 1 || SSL_connect(ssl_.get()) != 1) {
            throw std::runtime_error("no TLS connection");
        }
    }
    ~blocking_socket() { ::close(socket_); }
    blocking_socket(const blocking_socket&) = delete;
    blocking_socket& operator=(const blocking_socket&) = delete;

    // False where the peer is gone.
    bool send(std::string_view bytes) {
        if (ssl_) {
            return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
        }
        return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
    }

    // Over TLS. True where so many bytes come, and they are `expected`.
    bool receives(std::string_view expected) {
        std::string answer(expected.size(), '\0');
        std::size_t got = 0;
        while (got < answer.size()) {
            const int count =
                SSL_read(ssl_.get(), answer.data() + got, static_cast<int>(answer.size() - got));
            if (count <= 0) {
                return false;
            }
            got += static_cast<std::size_t>(count);
        }
        return answer == expected;
    }

    // Whether the peer has ended the connection. What it sent before is thrown away.
    bool ended() {
        char bytes[4096];
        ssize_t count = 0;
        do {
            count = ::recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
        } while (count > 0);
        return count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    }

private:
    struct release {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    int socket_;
    std::unique_ptr<SSL, release> ssl_;
};

} // namespace iothub::test
