#include "emulator/blob/exchange.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <utility>

namespace iothub::blob {

namespace http = boost::beast::http;
using boost::system::error_code;

// The bytes of an answer, and how far they are understood.
class exchange::response {
public:
    explicit response(const exchange_limits& limits) {
        parser_.eager(true);
        parser_.header_limit(static_cast<std::uint32_t>(limits.head));
        parser_.body_limit(limits.body);
    }

    error_code put(std::string_view bytes) {
        buffer_.commit(boost::asio::buffer_copy(buffer_.prepare(bytes.size()),
                                                boost::asio::buffer(bytes.data(), bytes.size())));
        error_code failure;
        while (buffer_.size() > 0 && !parser_.is_done()) {
            buffer_.consume(parser_.put(buffer_.data(), failure));
            if (failure) {
                return failure == http::error::need_more ? error_code() : failure;
            }
        }
        return {};
    }

    // The connection has ended; true where the answer ends with it.
    bool put_end() {
        error_code failure;
        if (parser_.is_header_done() && !parser_.is_done()) {
            parser_.put_eof(failure);
        }
        return !failure && done();
    }

    bool done() const { return parser_.is_done(); }

    answer take() {
        auto message = parser_.release();
        return {static_cast<int>(message.result_int()), std::string(message["x-ms-error-code"]),
                std::string(message["Content-Range"]), std::move(message.body())};
    }

private:
    boost::beast::flat_buffer buffer_;
    http::response_parser<http::string_body> parser_;
};

exchange::exchange(boost::asio::any_io_executor executor, const exchange_limits& limits,
                   handler done)
    : limits_(limits)
    , done_(std::move(done))
    , timer_(std::move(executor))
    , response_(std::make_unique<response>(limits)) {}

exchange::~exchange() = default;

void exchange::start(const net::destination& server, std::string request) {
    request_ = std::move(request);
    connector_ = net::connector::connect(
        timer_.get_executor(), server, limits_.connect,
        [self = shared_from_this()](result<std::shared_ptr<net::byte_stream>> outcome) {
            self->connected(std::move(outcome));
        });
}

void exchange::connected(result<std::shared_ptr<net::byte_stream>> outcome) {
    connector_ = nullptr;
    if (!outcome) {
        fail("Cannot connect: " + outcome.error().message);
        return;
    }
    stream_ = *std::move(outcome);
    timer_.expires_after(limits_.answer);
    timer_.async_wait([weak = weak_from_this()](error_code ended) {
        if (const auto self = weak.lock(); self && !ended) {
            self->fail("The storage did not answer in time.");
        }
    });
    stream_->start(shared_from_this());
    stream_->send(std::exchange(request_, {}));
}

void exchange::received(std::string_view bytes) {
    if (!done_) {
        return;
    }
    if (const error_code failure = response_->put(bytes)) {
        fail(failure == http::error::body_limit
                 ? "The storage answered with more than was asked for."
                 : "The storage did not answer in HTTP.");
    } else if (response_->done()) {
        finish(response_->take());
    }
}

void exchange::closed(std::string_view reason) {
    stream_ = nullptr;
    if (!done_) {
        return;
    }
    if (response_->put_end()) {
        finish(response_->take());
    } else {
        fail("The connection ended before the storage had answered: " + std::string(reason));
    }
}

void exchange::fail(const std::string& why) {
    finish(error{errc::blob_container_validation_error, why});
}

// `done` may drop whoever owns the exchange.
void exchange::finish(result<answer> outcome) {
    const auto self = shared_from_this();
    const handler done = std::exchange(done_, nullptr);
    if (const auto stream = outcome ? std::exchange(stream_, nullptr) : nullptr) {
        stream->close("answered");
    }
    cancel();
    if (done) {
        done(std::move(outcome));
    }
}

void exchange::cancel() {
    done_ = nullptr;
    timer_.cancel();
    if (const auto connector = std::exchange(connector_, nullptr)) {
        connector->cancel();
    }
    if (const auto stream = std::exchange(stream_, nullptr)) {
        stream->abort("the exchange has ended");
    }
}

} // namespace iothub::blob
