#pragma once
// A TLS connection to a server on 127.0.0.1 and the bytes that have yet to be sent or understood.
// Certificates are not checked, sessions not resumed: it is the server that is measured. Protocols
// derive from it. Every failure is a std::runtime_error, and ends the program.

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bench/wire/reactor.hpp"

namespace iothub::bench {

// A socket that is connected; nothing where nobody listens there.
class tcp_socket {
public:
    static tcp_socket connect(std::uint16_t port);

    tcp_socket(tcp_socket&& other) noexcept
        : descriptor_(other.descriptor_) {
        other.descriptor_ = -1;
    }
    ~tcp_socket();

    explicit operator bool() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

private:
    explicit tcp_socket(int descriptor)
        : descriptor_(descriptor) {}

    int descriptor_;
};

class tls_client : public reactor::watcher {
public:
    tls_client(reactor& loop, std::uint16_t port);
    tls_client(reactor& loop, tcp_socket socket);
    tls_client(const tls_client&) = delete;
    tls_client& operator=(const tls_client&) = delete;

    void ready() final;

    std::string& output() { return output_; }
    void send_output();

protected:
    // TLS is up.
    virtual void secured() = 0;

    // Takes whole packets off the front, and returns how many bytes they had. What is left comes
    // again with what follows.
    virtual std::size_t take(std::string_view bytes) = 0;

private:
    struct freed {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };

    bool shake_hands();
    void read_all();
    void received(std::string_view bytes);
    void fail_unless_waiting(int outcome, const char* what) const;

    tcp_socket socket_;
    std::unique_ptr<SSL, freed> tls_;
    bool secure_ = false;
    std::string rest_;
    std::string output_;
    std::size_t sent_ = 0; // of output_
};

} // namespace iothub::bench
