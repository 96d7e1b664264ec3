#include "emulator/net/connector.hpp"

#include <boost/asio/error.hpp>

#include <utility>

#include "emulator/net/close_on_exec.hpp"
#include "emulator/net/tcp_stream.hpp"
#include "emulator/net/tls_stream.hpp"

namespace iothub::net {

using boost::system::error_code;

std::shared_ptr<connector> connector::connect(const boost::asio::any_io_executor& executor,
                                              destination to, std::chrono::milliseconds limit,
                                              handler done) {
    const std::shared_ptr<connector> one(new connector(executor, std::move(to), std::move(done)));
    one->start(limit);
    return one;
}

connector::connector(const boost::asio::any_io_executor& executor, destination to, handler done)
    : to_(std::move(to))
    , done_(std::move(done))
    , socket_(executor)
    , timer_(executor) {}

void connector::start(std::chrono::milliseconds limit) {
    timer_.expires_after(limit);
    timer_.async_wait([self = shared_from_this()](error_code ended) {
        if (!ended) {
            self->fail("it took too long");
        }
    });
    error_code is_name;
    const auto address = boost::asio::ip::make_address(to_.host, is_name);
    if (is_name) {
        resolve();
    } else {
        addresses_ = {{address, to_.port}};
        try_next();
    }
}

void connector::resolve() {
    lookup_ = std::make_unique<name_lookup>(
        socket_.get_executor(), to_.host, to_.port,
        [weak = weak_from_this()](const result<name_lookup::addresses>& found) {
            const auto self = weak.lock(); // the timer holds it
            if (self && found) {
                self->addresses_.assign(found->rbegin(), found->rend());
                self->try_next();
            } else if (self) {
                self->fail(found.error().message);
            }
        });
}

void connector::try_next() {
    if (!done_) {
        return;
    }
    error_code ignored;
    socket_.close(ignored);
    const tcp::endpoint address = addresses_.back();
    addresses_.pop_back();
    socket_.open(address.protocol(), ignored); // where it fails, async_connect tells
    close_on_exec(socket_.native_handle());
    socket_.async_connect(address, [self = shared_from_this()](error_code failure) {
        if (!failure) {
            self->connected();
        } else if (self->addresses_.empty()) {
            self->fail(failure.message());
        } else {
            self->try_next();
        }
    });
}

// The timer goes on, and ends the handshake as well.
void connector::connected() {
    if (!done_) {
        return;
    }
    const std::string address = to_.host + ":" + std::to_string(to_.port);
    if (to_.tls) {
        stream_ = std::make_shared<tls_stream>(std::move(socket_), address, *to_.tls, to_.host);
    } else {
        stream_ = std::make_shared<tcp_stream>(std::move(socket_), address);
    }
    const auto stream = stream_; // open() may be done at once
    stream->open(std::chrono::minutes(10), [self = shared_from_this()](std::string_view failure) {
        if (failure.empty()) {
            self->finish(std::shared_ptr<byte_stream>(std::exchange(self->stream_, nullptr)));
        } else {
            self->fail(std::string(failure));
        }
    });
}

void connector::fail(const std::string& why) {
    finish(error{errc::server_error, why});
}

void connector::finish(result<std::shared_ptr<byte_stream>> outcome) {
    const handler done = std::exchange(done_, nullptr);
    cancel();
    if (done) {
        done(std::move(outcome));
    }
}

void connector::cancel() {
    done_ = nullptr;
    timer_.cancel();
    lookup_.reset();
    error_code ignored;
    socket_.close(ignored);
    if (const auto stream = std::exchange(stream_, nullptr)) {
        stream->abort("no longer wanted");
    }
}

} // namespace iothub::net
