#include "emulator/net/websocket_stream.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "emulator/net/send_queue.hpp"
#include "emulator/net/websocket_beast_transport.hpp"
#include "emulator/net/websocket_transport.hpp"

// Beast's WebSocket is instantiated here and nowhere else: it takes longer to compile than all the
// rest of net.

namespace iothub::net {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

// The payload of one frame that is sent: what the peer does not read waits in pieces of this size.
constexpr std::size_t frame_payload = 32 * 1024;

beast::http::request<beast::http::empty_body> request_of(const websocket_upgrade& upgrade) {
    using beast::http::field;
    beast::http::request<beast::http::empty_body> request(beast::http::verb::get, "/", 11);
    request.set(field::host, "localhost");
    request.set(field::connection, "Upgrade");
    request.set(field::upgrade, "websocket");
    request.set(field::sec_websocket_version, "13");
    request.set(field::sec_websocket_key, upgrade.key);
    return request;
}

class websocket_stream final : public byte_stream, public byte_sink {
public:
    websocket_stream(asio::any_io_executor executor, std::shared_ptr<byte_stream> under,
                     websocket_upgrade upgrade, const websocket_limits& limits)
        : under_(std::move(under))
        , upgrade_(std::move(upgrade))
        , close_limit_(limits.close)
        , transport_(std::make_shared<websocket_transport>(std::move(executor), under_))
        , websocket_(websocket_beast_transport(transport_)) {
        websocket_.binary(true);
        websocket_.auto_fragment(false);
        websocket_.read_message_max(limits.message);
    }

    void start(std::shared_ptr<byte_sink> sink) override;
    void send(std::string_view bytes) override;
    std::size_t queued() const override { return queue_.size() + in_flight_.size(); }
    void pause_reading() override;
    void resume_reading() override;
    void close(std::string_view reason) override;
    void abort(std::string_view reason) override;
    const peer& remote() const override { return under_->remote(); }

    // As the sink of the stream below.
    void received(std::string_view bytes) override { transport_->push(bytes); }
    void drained() override { transport_->drained(); }
    void closed(std::string_view reason) override;

private:
    // flushing: close() waits for queued bytes to leave; closing: nothing is received or sent.
    enum class phase { waiting, handshaking, open, flushing, closing, closed };

    std::shared_ptr<websocket_stream> self();
    template <class Step>
    auto later(Step step);

    void answer_request();
    void opened(error_code failure);
    void read_on();
    void was_read(error_code failure, std::size_t count);
    void deliver(std::size_t count);
    void write_next();
    void written(error_code failure);
    void say_goodbye(websocket::close_code code);
    void set_deadline();
    void deadline_passed();
    std::string explain(error_code failure) const;
    void tell_the_end(std::string_view reason);

    std::shared_ptr<byte_stream> under_;
    websocket_upgrade upgrade_;
    std::chrono::milliseconds close_limit_;
    std::shared_ptr<websocket_transport> transport_;
    websocket::stream<websocket_beast_transport, false> websocket_; // false: no compression
    std::shared_ptr<byte_sink> sink_;
    phase phase_ = phase::waiting;
    std::array<char, 4096> buffer_;
    std::size_t kept_ = 0; // bytes in buffer_ that came while paused
    bool reading_ = false; // something will call deliver()
    bool paused_ = false;
    send_queue queue_;
    std::string in_flight_; // what Beast is writing
    std::optional<asio::steady_timer> deadline_;
    std::string end_reason_;   // what close() or abort() was given
    std::string below_reason_; // why the stream below has ended
};

std::shared_ptr<websocket_stream> websocket_stream::self() {
    return std::static_pointer_cast<websocket_stream>(shared_from_this());
}

// Handlers keep the stream alive: the stream below ends at last, and every operation with it.
template <class Step>
auto websocket_stream::later(Step step) {
    return [self = self(), step](auto... results) { step(*self, results...); };
}

void websocket_stream::start(std::shared_ptr<byte_sink> sink) {
    sink_ = std::move(sink);
    if (phase_ == phase::closed) {
        asio::post(transport_->executor(),
                   [self = self(), told = std::move(sink_)] { told->closed(self->end_reason_); });
    } else if (phase_ == phase::waiting) {
        phase_ = phase::handshaking;
        under_->start(self());
        answer_request();
    }
}

void websocket_stream::answer_request() {
    transport_->push(upgrade_.behind);
    websocket_.set_option(
        websocket::stream_base::decorator([upgrade = upgrade_](websocket::response_type& response) {
            using beast::http::field;
            response.set(field::sec_websocket_protocol, upgrade.subprotocol);
            response.set(field::server, upgrade.server);
        }));
    websocket_.async_accept(
        request_of(upgrade_),
        later([](websocket_stream& s, error_code failure) { s.opened(failure); }));
    upgrade_ = {};
}

void websocket_stream::opened(error_code failure) {
    if (phase_ != phase::handshaking) {
        return;
    }
    if (failure) {
        under_->close("the WebSocket could not be opened");
        return tell_the_end(explain(failure));
    }
    phase_ = phase::open;
    read_on();
    write_next();
}

// Called from the loop, as the end may be told.
void websocket_stream::read_on() {
    if (phase_ != phase::open || reading_) {
        return;
    }
    if (!paused_) {
        reading_ = true;
        websocket_.async_read_some(asio::buffer(buffer_),
                                   later([](websocket_stream& s, error_code failure,
                                            std::size_t count) { s.was_read(failure, count); }));
    } else if (transport_->ended()) {
        tell_the_end(below_reason_); // nothing will drain any more and make the sink resume
    }
}

void websocket_stream::was_read(error_code failure, std::size_t count) {
    reading_ = false;
    if (phase_ != phase::open && phase_ != phase::flushing) {
        return;
    }
    if (failure) {
        return tell_the_end(explain(failure));
    }
    if (websocket_.got_text() && phase_ == phase::open) {
        end_reason_ = "WebSocket: a text frame, where only binary ones are spoken";
        set_deadline();
        return say_goodbye(websocket::close_code::unknown_data);
    }
    deliver(count);
}

void websocket_stream::deliver(std::size_t count) {
    if (phase_ != phase::open) {
        return;
    }
    if (paused_) {
        kept_ = count;
    } else if (count > 0) {
        const auto sink = sink_;
        sink->received({buffer_.data(), count});
    }
    read_on();
}

void websocket_stream::pause_reading() {
    paused_ = true;
    transport_->hold(true);
}

void websocket_stream::resume_reading() {
    paused_ = false;
    transport_->hold(false);
    if (phase_ != phase::open || reading_) {
        return;
    }
    reading_ = true;
    asio::post(transport_->executor(), later([](websocket_stream& s) {
                   s.reading_ = false;
                   s.deliver(std::exchange(s.kept_, 0));
               }));
}

void websocket_stream::send(std::string_view bytes) {
    if (phase_ == phase::handshaking || phase_ == phase::open) {
        queue_.append(bytes);
        write_next();
    }
}

void websocket_stream::write_next() {
    const bool may_write = phase_ == phase::open || phase_ == phase::flushing;
    if (!may_write || !in_flight_.empty() || queue_.empty()) {
        return;
    }
    in_flight_ = queue_.front().substr(0, frame_payload);
    queue_.consume(in_flight_.size());
    websocket_.async_write(
        asio::buffer(in_flight_),
        later([](websocket_stream& s, error_code failure, std::size_t) { s.written(failure); }));
}

// A failure means that the WebSocket is being closed; why is told to was_read().
void websocket_stream::written(error_code failure) {
    std::string().swap(in_flight_);
    if (failure) {
        queue_.clear();
    }
    if (!queue_.empty()) {
        write_next();
    } else if (phase_ == phase::flushing) {
        say_goodbye(websocket::close_code::normal);
    } else if (phase_ == phase::open && !failure) {
        const auto sink = sink_;
        sink->drained();
    }
}

void websocket_stream::close(std::string_view reason) {
    if (phase_ != phase::waiting && phase_ != phase::handshaking && phase_ != phase::open) {
        return;
    }
    end_reason_ = reason;
    if (phase_ == phase::open) {
        phase_ = phase::flushing;
        transport_->hold(false); // the peer's close frame is to be read
        set_deadline();
        if (in_flight_.empty()) {
            say_goodbye(websocket::close_code::normal);
        }
        return;
    }
    phase_ = phase_ == phase::waiting ? phase::closed : phase::closing;
    under_->close(reason);
}

void websocket_stream::abort(std::string_view reason) {
    if (phase_ != phase::closed) {
        phase_ = phase_ == phase::waiting ? phase::closed : phase::closing;
        end_reason_ = end_reason_.empty() ? reason : end_reason_;
        queue_.clear();
    }
    under_->abort(reason);
}

void websocket_stream::say_goodbye(websocket::close_code code) {
    phase_ = phase::closing;
    websocket_.async_close(code, later([](websocket_stream& s, error_code) {
                               s.under_->close(s.end_reason_);
                               s.tell_the_end({});
                           }));
}

void websocket_stream::set_deadline() {
    deadline_.emplace(transport_->executor(), close_limit_);
    deadline_->async_wait(later([](websocket_stream& s, error_code failure) {
        if (!failure) {
            s.deadline_passed();
        }
    }));
}

void websocket_stream::deadline_passed() {
    if (under_->queued() > 0) {
        under_->abort(end_reason_);
    } else {
        under_->close(end_reason_);
    }
}

void websocket_stream::closed(std::string_view reason) {
    below_reason_ = reason;
    transport_->end();
    const bool reads_to_the_end =
        phase_ == phase::handshaking || (phase_ == phase::open && reading_);
    if (!reads_to_the_end) {
        tell_the_end(reason);
    }
}

std::string websocket_stream::explain(error_code failure) const {
    if (failure == websocket::error::closed) {
        const auto code = websocket_.reason().code;
        const bool usual = code == websocket::close_code::normal ||
                           code == websocket::close_code::none ||
                           code == websocket::close_code::going_away;
        return usual ? "closed by the peer"
                     : "closed by the peer with WebSocket code " + std::to_string(code);
    }
    return transport_->ended() ? below_reason_ : "WebSocket: " + failure.message();
}

// What close() or abort() was given comes before `reason`.
void websocket_stream::tell_the_end(std::string_view reason) {
    if (std::exchange(phase_, phase::closed) == phase::closed) {
        return;
    }
    if (end_reason_.empty()) {
        end_reason_ = reason;
    }
    deadline_.reset();
    queue_.clear();
    if (const auto sink = std::move(sink_)) {
        sink->closed(end_reason_);
    }
}

} // namespace

std::shared_ptr<byte_stream> accept_websocket(asio::any_io_executor executor,
                                              std::shared_ptr<byte_stream> under,
                                              websocket_upgrade upgrade,
                                              const websocket_limits& limits) {
    return std::make_shared<websocket_stream>(std::move(executor), std::move(under),
                                              std::move(upgrade), limits);
}

} // namespace iothub::net
