#pragma once
// A TLS server on a free loopback port that does what a test tells it, one connection after
// another: the answers that a real hub gives only on a bad day.

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace iothub::test {

// One connection, blocking. Everything that waits throws std::runtime_error when the client has
// gone, or after 10 seconds.
class stub_peer {
public:
    stub_peer(int socket, SSL* tls)
        : socket_(socket)
        , tls_(tls) {}

    std::string read(std::size_t size);
    std::string read_until(std::string_view end);
    void write(std::string_view bytes);
    void wait_until_closed();

    // The subject of the client's certificate, empty without one.
    std::string client_subject() const;

private:
    int socket_;
    SSL* tls_;
};

class tls_stub {
public:
    using script = std::function<void(stub_peer&)>;

    // The first connection gets the first script, and so on; each is closed when its script ends.
    // Connections beyond the last script are closed at once.
    explicit tls_stub(std::vector<script> scripts, const std::string& address = "127.0.0.1");
    ~tls_stub();

    std::uint16_t port() const { return port_; }
    const std::string& ca_pem() const { return ca_pem_; }
    int connections() const { return connections_; }

private:
    void serve();
    void serve_one(int socket);

    std::vector<script> scripts_;
    std::string ca_pem_;
    SSL_CTX* context_;
    std::uint16_t port_ = 0;
    int listener_;
    std::atomic<int> connections_ = 0;
    std::atomic<int> present_ = -1; // the socket that is being served
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

} // namespace iothub::test
