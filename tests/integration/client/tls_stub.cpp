#include "integration/client/tls_stub.hpp"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "emulator/net/certificates/certificate_authority.hpp"

namespace iothub::test {

namespace {

constexpr int wait_seconds = 10;

BIO* reader(const std::string& pem) {
    return BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
}

void use(SSL_CTX* context, const net::certificate_and_key& server) {
    BIO* certificate_pem = reader(server.certificate_pem);
    X509* certificate = PEM_read_bio_X509(certificate_pem, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    X509_free(certificate);
    BIO_free(certificate_pem);
    BIO* key_pem = reader(server.key_pem);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(key_pem, nullptr, nullptr, nullptr);
    SSL_CTX_use_PrivateKey(context, key);
    EVP_PKEY_free(key);
    BIO_free(key_pem);
}

SSL_CTX* make_context(std::string& ca_pem) {
    const timestamp now = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
    const std::string ca_key = net::create_private_key();
    const std::string server_key = net::create_private_key();
    ca_pem = *net::create_ca_certificate(ca_key, now);
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    use(context, {*net::create_server_certificate({ca_pem, ca_key}, server_key, {"localhost"}, now),
                  server_key});
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    return context;
}

int listen_on(const std::string& address, std::uint16_t& port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    inet_pton(AF_INET, address.c_str(), &name.sin_addr);
    socklen_t size = sizeof name;
    auto* generic = reinterpret_cast<sockaddr*>(&name);
    if (bind(listener, generic, size) != 0 || listen(listener, 16) != 0) {
        throw std::runtime_error("the stub cannot listen on " + address);
    }
    getsockname(listener, generic, &size);
    port = ntohs(name.sin_port);
    return listener;
}

} // namespace

std::string stub_peer::read(std::size_t size) {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < size) {
        const int got = SSL_read(tls_, bytes.data() + have, static_cast<int>(size - have));
        if (got <= 0) {
            throw std::runtime_error("the client has gone");
        }
        have += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::string stub_peer::read_until(std::string_view end) {
    std::string bytes;
    while (!bytes.ends_with(end)) {
        bytes += read(1);
    }
    return bytes;
}

void stub_peer::write(std::string_view bytes) {
    SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
}

void stub_peer::wait_until_closed() {
    try {
        while (true) {
            read(1);
        }
    } catch (const std::runtime_error&) {
        return;
    }
}

std::string stub_peer::client_subject() const {
    X509* certificate = SSL_get1_peer_certificate(tls_);
    if (certificate == nullptr) {
        return "";
    }
    char text[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text,
                              sizeof text);
    X509_free(certificate);
    return text;
}

tls_stub::tls_stub(std::vector<script> scripts, const std::string& address)
    : scripts_(std::move(scripts))
    , context_(make_context(ca_pem_))
    , listener_(listen_on(address, port_))
    , thread_([this] { serve(); }) {}

tls_stub::~tls_stub() {
    stopping_ = true;
    shutdown(listener_, SHUT_RDWR);
    shutdown(present_, SHUT_RDWR);
    thread_.join();
    close(listener_);
    SSL_CTX_free(context_);
}

void tls_stub::serve() {
    while (!stopping_) {
        pollfd waited{listener_, POLLIN, 0};
        poll(&waited, 1, 100);
        if (waited.revents == 0 || stopping_) {
            continue;
        }
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0) {
            present_ = socket;
            serve_one(socket);
            present_ = -1;
            close(socket);
        }
    }
}

void tls_stub::serve_one(int socket) {
    const auto index = static_cast<std::size_t>(connections_++);
    if (index >= scripts_.size() || stopping_) {
        return;
    }
    const timeval limit{wait_seconds, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context_), SSL_free);
    SSL_set_fd(tls.get(), socket);
    if (SSL_accept(tls.get()) != 1) {
        return;
    }
    stub_peer peer(socket, tls.get());
    try {
        scripts_[index](peer);
    } catch (const std::runtime_error&) {
        return; // the client ended it first
    }
    SSL_shutdown(tls.get());
}

} // namespace iothub::test
