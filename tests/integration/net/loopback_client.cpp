#include "loopback_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <stdexcept>

#include "emulator/net/certificates/pem.hpp"
#include "emulator/net/socket_bio.hpp"

namespace {

constexpr int time_limit_ms = 10'000;
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error("loopback_client: " + what);
}

int connect_to(const char* address, std::uint16_t port) {
    sockaddr_in6 v6{};
    sockaddr_in v4{};
    v6.sin6_family = AF_INET6;
    v4.sin_family = AF_INET;
    v6.sin6_port = v4.sin_port = htons(port);
    const bool is_v6 = inet_pton(AF_INET6, address, &v6.sin6_addr) == 1;
    if (!is_v6 && inet_pton(AF_INET, address, &v4.sin_addr) != 1)
        fail("not an address");
    const int made = ::socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    const auto* target =
        is_v6 ? reinterpret_cast<const sockaddr*>(&v6) : reinterpret_cast<const sockaddr*>(&v4);
    if (::connect(made, target, is_v6 ? sizeof v6 : sizeof v4) != 0) {
        ::close(made);
        fail("cannot connect");
    }
    ::fcntl(made, F_SETFL, O_NONBLOCK);
    return made;
}

void use_certificate(SSL* ssl, const iothub::net::certificate_and_key& pair) {
    const auto chain = iothub::net::read_certificates(pair.certificate_pem).value();
    const auto key = iothub::net::read_private_key(pair.key_pem).value();
    if (SSL_use_certificate(ssl, chain.front().get()) != 1 ||
        SSL_use_PrivateKey(ssl, key.get()) != 1)
        fail("client certificate");
    for (std::size_t i = 1; i < chain.size(); ++i)
        SSL_add1_chain_cert(ssl, chain[i].get());
}

} // namespace

loopback_client::loopback_client(std::uint16_t port, const char* address)
    : socket_(connect_to(address, port)) {}

loopback_client::~loopback_client() {
    if (socket_ >= 0)
        ::close(socket_);
}

void loopback_client::shake_hands(const handshake_options& options) {
    connect_ssl(options);
    while (!step_handshake())
        wait(SSL_want_write(ssl_.get()) ? POLLOUT : POLLIN);
}

void loopback_client::begin_handshake(const handshake_options& options) {
    connect_ssl(options);
    SSL_set0_wbio(ssl_.get(), BIO_new(BIO_s_mem()));
}

bool loopback_client::continue_handshake() {
    if (step_handshake())
        return true;
    let_go();
    return false;
}

void loopback_client::send_held_back(std::string_view bytes) {
    send(bytes);
    let_go();
    SSL_set0_wbio(ssl_.get(), iothub::net::new_socket_bio(socket_));
}

void loopback_client::let_go() {
    char held[4096];
    const int size = BIO_read(SSL_get_wbio(ssl_.get()), held, sizeof held);
    if (size > 0 && ::send(socket_, held, static_cast<std::size_t>(size), MSG_NOSIGNAL) != size)
        fail("cannot send");
}

bool loopback_client::step_handshake() {
    const int result = SSL_connect(ssl_.get());
    if (result == 1)
        return true;
    if (tls_result(result, 0) || ended_)
        fail("the handshake failed");
    return false;
}

bool loopback_client::shakes_hands_again() {
    if (SSL_renegotiate(ssl_.get()) != 1)
        fail("the client itself does not want to");
    while (!ended_) {
        const int result = SSL_do_handshake(ssl_.get());
        if (result == 1)
            return true;
        if (!tls_result(result, 0))
            wait(SSL_want_write(ssl_.get()) ? POLLOUT : POLLIN);
    }
    return false;
}

void loopback_client::connect_ssl(const handshake_options& options) {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_cipher_list(context_.get(), options.tls_1_2_suites.c_str());
    SSL_CTX_set_min_proto_version(context_.get(), options.lowest_version);
    SSL_CTX_set_max_proto_version(context_.get(), options.highest_version);
    ssl_.reset(SSL_new(context_.get()));
    BIO* bio = iothub::net::new_socket_bio(socket_);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (options.certificate)
        use_certificate(ssl_.get(), *options.certificate);
    if (options.session)
        SSL_set_session(ssl_.get(), options.session.get());
}

std::string loopback_client::exchange(std::string_view bytes, std::size_t count) {
    std::string received;
    while (!bytes.empty() || received.size() < count) {
        bool moved = false;
        if (!bytes.empty())
            if (const auto sent = try_send(bytes)) {
                bytes.remove_prefix(*sent);
                moved = *sent > 0;
            }
        if (received.size() < count)
            moved = take(received, count - received.size()) || moved;
        if (ended_)
            fail("the connection ended early");
        if (!moved)
            wait(static_cast<short>((bytes.empty() ? 0 : POLLOUT) |
                                    (received.size() < count ? POLLIN : 0)));
    }
    return received;
}

std::string loopback_client::receive_all() {
    std::string received;
    while (!ended_)
        if (!take(received, no_limit) && !ended_)
            wait(POLLIN);
    return received;
}

bool loopback_client::take(std::string& received, std::size_t at_most) {
    char chunk[16 * 1024];
    const auto count = try_receive(chunk, std::min(at_most, sizeof chunk));
    if (!count)
        return false;
    received.append(chunk, *count);
    return true;
}

std::optional<std::size_t> loopback_client::try_send(std::string_view bytes) {
    if (!ssl_)
        return socket_result(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    std::size_t count = 0;
    const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
    return tls_result(result, count);
}

std::optional<std::size_t> loopback_client::try_receive(char* into, std::size_t size) {
    if (!ssl_) {
        const ssize_t count = ::recv(socket_, into, size, 0);
        ended_ = count == 0;
        return socket_result(count);
    }
    std::size_t count = 0;
    const int result = SSL_read_ex(ssl_.get(), into, size, &count);
    return tls_result(result, count);
}

std::optional<std::size_t> loopback_client::socket_result(ssize_t moved) {
    if (moved >= 0)
        return static_cast<std::size_t>(moved);
    if (errno == EAGAIN)
        return std::nullopt;
    ended_ = true;
    ending_ = ending::reset;
    return 0;
}

std::optional<std::size_t> loopback_client::tls_result(int result, std::size_t moved) {
    if (result > 0)
        return moved;
    const int error = SSL_get_error(ssl_.get(), result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return std::nullopt;
    ended_ = true;
    ending_ = error == SSL_ERROR_ZERO_RETURN ? ending::orderly : ending::reset;
    return 0;
}

void loopback_client::wait(short events) {
    pollfd polled{socket_, events, 0};
    if (::poll(&polled, 1, time_limit_ms) != 1)
        fail("timed out");
}

void loopback_client::finish_sending() {
    if (ssl_)
        SSL_shutdown(ssl_.get());
    else
        ::shutdown(socket_, SHUT_WR);
}

void loopback_client::reset() {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(socket_);
    socket_ = -1;
}

std::string loopback_client::server_name() const {
    char name[100] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(SSL_get0_peer_certificate(ssl_.get())),
                              NID_commonName, name, sizeof name);
    return name;
}

int loopback_client::authorities_named() const {
    return std::max(0, sk_X509_NAME_num(SSL_get0_peer_CA_list(ssl_.get())));
}

std::shared_ptr<SSL_SESSION> loopback_client::session() const {
    return {SSL_get1_session(ssl_.get()), SSL_SESSION_free};
}
