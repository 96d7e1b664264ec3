#pragma once
// The other end in the tests of net: a client over TCP or TLS that runs on a thread of its own.
// Each function returns when it is done and throws after ten seconds, or when the connection fails.

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/net/certificates/certificate_and_key.hpp"

struct handshake_options {
    std::optional<iothub::net::certificate_and_key> certificate;
    int lowest_version = TLS1_2_VERSION;
    int highest_version = TLS1_3_VERSION;
    std::shared_ptr<SSL_SESSION> session = nullptr; // to resume, where the server is willing
    std::string tls_1_2_suites = "ALL@SECLEVEL=0";  // old versions are offered only on this level
};

class loopback_client {
public:
    enum class ending { orderly, reset };

    explicit loopback_client(std::uint16_t port, const char* address = "127.0.0.1");
    ~loopback_client();
    loopback_client(const loopback_client&) = delete;
    loopback_client& operator=(const loopback_client&) = delete;

    // Continues in TLS.
    void shake_hands(const handshake_options& options = {});

    // The same in steps, for a test that runs the server in between: true when it is done. The
    // handshake's last bytes are then held back, and leave together with what is sent next.
    void begin_handshake(const handshake_options& options);
    bool continue_handshake();
    void send_held_back(std::string_view bytes);

    void send(std::string_view bytes) { exchange(bytes, 0); }
    std::string receive(std::size_t count) { return exchange({}, count); }

    // Sends and receives at the same time.
    std::string exchange(std::string_view bytes, std::size_t count);

    // Everything up to the end of the connection; over TLS, orderly means close_notify.
    std::string receive_all();
    ending how_it_ended() const { return ending_; }

    // Says that nothing more will be sent, and goes on receiving.
    void finish_sending();

    // Drops the connection with a TCP reset.
    void reset();

    // "CN=…" of the certificate that the server showed.
    std::string server_name() const;
    std::string protocol() const { return SSL_get_version(ssl_.get()); }
    std::string suite() const { return SSL_get_cipher_name(ssl_.get()); }

    // TLS 1.2: asks for another handshake on the same connection; whether it comes about.
    bool shakes_hands_again();

    // How many CAs the server named when it asked for a certificate.
    int authorities_named() const;

    // For another handshake; over TLS 1.3, once something was received.
    std::shared_ptr<SSL_SESSION> session() const;
    bool resumed() const { return SSL_session_reused(ssl_.get()) == 1; }

private:
    struct release {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };

    // Bytes moved; nothing when that would block.
    std::optional<std::size_t> try_send(std::string_view bytes);
    std::optional<std::size_t> try_receive(char* into, std::size_t size);
    std::optional<std::size_t> tls_result(int result, std::size_t moved);
    std::optional<std::size_t> socket_result(ssize_t moved);
    bool take(std::string& received, std::size_t at_most);
    void wait(short events);
    void connect_ssl(const handshake_options& options);
    bool step_handshake();
    void let_go();

    int socket_;
    std::unique_ptr<SSL_CTX, release> context_;
    std::unique_ptr<SSL, release> ssl_;
    bool ended_ = false;
    ending ending_ = ending::orderly;
};
