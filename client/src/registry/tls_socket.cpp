#include "client/src/registry/tls_socket.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <poll.h>

#include <string>

#include "client/src/error_details.hpp"

namespace iothub::client {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// Asio's context shares ours: it takes one reference and gives it back.
SSL_CTX* shared(SSL_CTX* context) {
    SSL_CTX_up_ref(context);
    return context;
}

} // namespace

struct tls_socket::streams {
    streams(const endpoint& to, tls_context& settings)
        : server(to)
        , tls(settings)
        , context(shared(settings.native()))
        , stream(io, context)
        , resolver(io) {}

    // Starts an operation, lets it run until the deadline, and throws where it failed.
    template <class Start>
    std::size_t run(const char* what, deadline until, Start start) {
        error_code failure = asio::error::would_block;
        std::size_t size = 0;
        start([&](error_code ended, std::size_t moved) {
            failure = ended;
            size = moved;
        });
        io.restart();
        io.run_until(until);
        if (failure == asio::error::would_block) {
            cancel();
            throw_error(hub_error_kind::time_out,
                        "Time out while " + std::string(what) + " " + place(server));
        }
        if (failure == asio::error::eof || failure == asio::ssl::error::stream_truncated) {
            return 0;
        }
        if (failure) {
            fail(what, failure);
        }
        return size;
    }

    void cancel() {
        error_code ignored;
        resolver.cancel();
        stream.lowest_layer().close(ignored);
        io.restart();
        io.run();
    }

    [[noreturn]] void fail(const char* what, const error_code& failure) {
        const std::string distrust = tls.take_verify_failure();
        throw_error(hub_error_kind::network, "Failure while " + std::string(what) + " " +
                                                 place(server) + ": " +
                                                 (distrust.empty() ? failure.message() : distrust));
    }

    endpoint server;
    tls_context& tls;
    asio::io_context io{1};
    asio::ssl::context context;
    asio::ssl::stream<tcp::socket> stream;
    tcp::resolver resolver;
};

tls_socket::tls_socket(const endpoint& server, tls_context& tls, deadline until)
    : streams_(std::make_unique<streams>(server, tls)) {
    streams& s = *streams_;
    tls.take_verify_failure();
    tcp::resolver::results_type addresses;
    s.run("resolving", until, [&](auto done) {
        s.resolver.async_resolve(server.host, std::to_string(server.port),
                                 [&addresses, done](error_code failure, auto found) mutable {
                                     addresses = std::move(found);
                                     done(failure, 0);
                                 });
    });
    s.run("connecting to", until, [&](auto done) {
        asio::async_connect(
            s.stream.lowest_layer(), addresses,
            [done](error_code failure, const tcp::endpoint&) mutable { done(failure, 0); });
    });
    s.stream.lowest_layer().set_option(tcp::no_delay(true));
    SSL_set_tlsext_host_name(s.stream.native_handle(), server.host.c_str());
    s.run("making a TLS connection with", until, [&](auto done) {
        s.stream.async_handshake(asio::ssl::stream_base::client,
                                 [done](error_code failure) mutable { done(failure, 0); });
    });
}

tls_socket::~tls_socket() = default;

void tls_socket::write(std::string_view bytes, deadline until) {
    streams_->run("writing to", until, [&](auto done) {
        asio::async_write(streams_->stream, asio::buffer(bytes.data(), bytes.size()), done);
    });
}

std::size_t tls_socket::read_some(std::span<char> into, deadline until) {
    return streams_->run("reading from", until, [&](auto done) {
        streams_->stream.async_read_some(asio::buffer(into.data(), into.size()), done);
    });
}

bool tls_socket::closed_by_peer() const {
    pollfd socket{streams_->stream.lowest_layer().native_handle(), POLLRDHUP, 0};
    return poll(&socket, 1, 0) > 0;
}

} // namespace iothub::client
