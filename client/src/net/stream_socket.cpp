#include "client/src/net/stream_socket.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <poll.h>

#include <string>
#include <utility>

#include "client/src/error_details.hpp"

namespace iothub::client {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// Asio's context shares ours: it takes one reference and gives it back.
asio::ssl::context shared(SSL_CTX* context) {
    SSL_CTX_up_ref(context);
    return asio::ssl::context(context);
}

constexpr std::size_t read_at_once = 32UL * 1024;

} // namespace

struct stream_socket::streams {
    streams(const endpoint& to, tls_context* settings)
        : server(to)
        , tls(settings)
        , context(settings == nullptr ? asio::ssl::context(asio::ssl::context::tls_client)
                                      : shared(settings->native()))
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
        while (failure == asio::error::would_block && io.run_one_until(until) > 0) {
        }
        if (failure == asio::error::would_block) {
            cancel();
            throw_error(hub_error_kind::time_out,
                        "Time out while " + std::string(what) + " " + place(server));
        }
        return size_or_failure(what, failure, size);
    }

    // 0 at the end of the stream.
    std::size_t size_or_failure(const char* what, const error_code& failure, std::size_t size) {
        if (failure == asio::error::eof || failure == asio::ssl::error::stream_truncated) {
            return 0;
        }
        if (failure) {
            fail(what, failure);
        }
        return size;
    }

    // Calls `use` with the stream that carries the bytes.
    template <class Use>
    void with_stream(Use use) {
        if (tls == nullptr) {
            use(stream.next_layer());
        } else {
            use(stream);
        }
    }

    // Into `incoming`, where nothing is read already.
    void begin_reading() {
        if (reading) {
            return;
        }
        reading = true;
        incoming.resize(read_at_once);
        with_stream([this](auto& from) {
            from.async_read_some(
                asio::buffer(incoming),
                [this](error_code ended, std::size_t moved) { read = {ended, moved}; });
        });
    }

    void cancel() {
        error_code ignored;
        resolver.cancel();
        stream.lowest_layer().close(ignored);
        io.restart();
        io.run();
    }

    [[noreturn]] void fail(const char* what, const error_code& failure) {
        const std::string distrust = tls == nullptr ? "" : tls->take_verify_failure();
        throw_error(hub_error_kind::network, "Failure while " + std::string(what) + " " +
                                                 place(server) + ": " +
                                                 (distrust.empty() ? failure.message() : distrust));
    }

    endpoint server;
    tls_context* tls;
    std::string incoming;
    bool reading = false;
    std::optional<std::pair<error_code, std::size_t>> read; // how it ended
    asio::io_context io{1};
    asio::ssl::context context;
    asio::ssl::stream<tcp::socket> stream;
    tcp::resolver resolver;
};

stream_socket::stream_socket(const endpoint& server, tls_context* tls, deadline until)
    : streams_(std::make_unique<streams>(server, tls)) {
    streams& s = *streams_;
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
    if (tls != nullptr) {
        shake_hands(until);
    }
}

void stream_socket::shake_hands(deadline until) {
    streams& s = *streams_;
    s.tls->take_verify_failure();
    SSL_set_tlsext_host_name(s.stream.native_handle(), s.server.host.c_str());
    s.run("making a TLS connection with", until, [&](auto done) {
        s.stream.async_handshake(asio::ssl::stream_base::client,
                                 [done](error_code failure) mutable { done(failure, 0); });
    });
}

stream_socket::~stream_socket() = default;

void stream_socket::write(std::string_view bytes, deadline until) {
    streams_->run("writing to", until, [&](auto done) {
        streams_->with_stream([&](auto& to) {
            asio::async_write(to, asio::buffer(bytes.data(), bytes.size()), done);
        });
    });
}

std::size_t stream_socket::read_some(std::span<char> into, deadline until) {
    return streams_->run("reading from", until, [&](auto done) {
        streams_->with_stream([&](auto& from) {
            from.async_read_some(asio::buffer(into.data(), into.size()), done);
        });
    });
}

std::optional<std::string_view> stream_socket::try_read(deadline until) {
    streams& s = *streams_;
    s.begin_reading();
    s.io.restart();
    while (!s.read && s.io.run_one_until(until) > 0) {
    }
    if (!s.read) {
        return std::nullopt;
    }
    s.reading = false;
    const auto [failure, size] = *std::exchange(s.read, std::nullopt);
    return std::string_view(s.incoming.data(), s.size_or_failure("reading from", failure, size));
}

bool stream_socket::closed_by_peer() const {
    pollfd socket{streams_->stream.lowest_layer().native_handle(), POLLRDHUP, 0};
    return poll(&socket, 1, 0) > 0;
}

} // namespace iothub::client
