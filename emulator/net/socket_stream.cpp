#include "emulator/net/socket_stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

namespace iothub::net {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// What one stream may read before the others get their turn.
constexpr std::size_t read_budget = 256 * 1024;

// How long close() goes on sending and waiting for the peer.
constexpr std::chrono::seconds close_limit(2);

} // namespace

socket_stream::socket_stream(tcp::socket socket, std::string address)
    : socket_(std::move(socket))
    , buffer_(asio::use_service<read_buffer>(socket_.get_executor().context())) {
    remote_.address = std::move(address);
    // A peer that has gone already makes these fail; the first read reports it.
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
}

std::shared_ptr<socket_stream> socket_stream::self() {
    return std::static_pointer_cast<socket_stream>(shared_from_this());
}

template <class Function>
void socket_stream::post(Function function) {
    asio::post(socket_.get_executor(), std::move(function));
}

void socket_stream::join(std::shared_ptr<connection_set> connections) {
    membership_.emplace(std::move(connections), *this);
}

void socket_stream::wait(direction what) {
    bool& waiting = what == tcp::socket::wait_read ? waiting_to_read_ : waiting_to_write_;
    if (std::exchange(waiting, true))
        return;
    socket_.async_wait(what, [self = self(), what](error_code) { self->ready(what); });
}

void socket_stream::ready(direction what) {
    (what == tcp::socket::wait_read ? waiting_to_read_ : waiting_to_write_) = false;
    proceed(what);
}

void socket_stream::proceed(direction what) {
    switch (phase_) {
    case phase::opening:
        return continue_opening();
    case phase::open:
        if (!queue_.empty() && write_needs_ == what)
            flush();
        if (wants_input() && read_needs_ == what) {
            read();
            if (acknowledges_at_once_ && phase_ == phase::open)
                acknowledge();
        }
        return wait_for_more();
    case phase::flushing:
        return continue_closing();
    case phase::lingering:
        return discard_input();
    case phase::closed:
        return;
    }
}

void socket_stream::wait_for_more() {
    if (phase_ != phase::open)
        return;
    if (!queue_.empty())
        wait(write_needs_);
    if (wants_input())
        input_left_ ? read_later() : wait(read_needs_);
}

void socket_stream::set_deadline(std::chrono::milliseconds limit) {
    deadline_.emplace(socket_.get_executor(), limit);
    deadline_->async_wait([self = self()](error_code ec) {
        if (!ec)
            self->deadline_passed();
    });
}

void socket_stream::deadline_passed() {
    // A deadline may pass while the step it guarded completes, and another has been set since.
    if (!deadline_ || deadline_->expiry() > std::chrono::steady_clock::now())
        return;
    if (!queue_.empty())
        reset_on_close();
    finish("the handshake took too long");
}

void socket_stream::open(std::chrono::milliseconds limit, open_handler done) {
    on_opened_ = std::move(done);
    set_deadline(limit);
    continue_opening();
}

void socket_stream::continue_opening() {
    const transfer step = handshake();
    switch (step.status) {
    case transfer_status::done:
        phase_ = phase::open;
        deadline_.reset();
        return std::exchange(on_opened_, nullptr)({});
    case transfer_status::want_read:
        return wait(tcp::socket::wait_read);
    case transfer_status::want_write:
        return wait(tcp::socket::wait_write);
    case transfer_status::ended:
        return finish("closed by the peer during the handshake");
    case transfer_status::failed:
        return finish(step.failure);
    }
}

void socket_stream::start(std::shared_ptr<byte_sink> sink) {
    sink_ = std::move(sink);
    if (phase_ == phase::closed)
        return tell_the_end();
    input_left_ = true; // the handshake may have brought the first bytes along
    wait_for_more();
}

bool socket_stream::wants_input() const {
    return phase_ == phase::open && sink_ && !paused_ && !input_ended_;
}

void socket_stream::resume_reading() {
    paused_ = false;
    wait_for_more();
}

void socket_stream::read() {
    std::size_t taken = 0;
    while (wants_input() && taken < read_budget) {
        const transfer outcome = read_some(buffer_.bytes());
        if (outcome.status != transfer_status::done)
            return stop_reading(outcome);
        taken += outcome.bytes;
        input_left_ = outcome.more;
        const auto sink = sink_;
        sink->received({buffer_.bytes().data(), outcome.bytes});
        if (!outcome.more)
            return;
    }
}

// Linux falls back to delaying by itself: it has to be said each time.
void socket_stream::acknowledge() {
    const int yes = 1;
    ::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
}

void socket_stream::stop_reading(const transfer& outcome) {
    input_left_ = false;
    switch (outcome.status) {
    case transfer_status::want_read:
        read_needs_ = tcp::socket::wait_read;
        return;
    case transfer_status::want_write:
        read_needs_ = tcp::socket::wait_write;
        return;
    case transfer_status::ended:
        // Later, so that what the sink answers to the last bytes in this turn still goes out.
        input_ended_ = true;
        return post([self = self()] { self->close("closed by the peer"); });
    default:
        return finish(outcome.failure);
    }
}

void socket_stream::read_later() {
    if (std::exchange(read_is_posted_, true))
        return;
    post([self = self()] {
        self->read_is_posted_ = false;
        self->proceed(self->read_needs_);
    });
}

void socket_stream::send(std::string_view bytes) {
    if (phase_ != phase::open || bytes.empty())
        return;
    if (queue_.empty())
        bytes.remove_prefix(write(bytes));
    if (phase_ == phase::open && !bytes.empty()) {
        queue_.append(bytes);
        wait(write_needs_);
    }
}

// How many of `bytes` went out. The stream is closed when the connection turns out to be broken.
std::size_t socket_stream::write(std::string_view bytes) {
    std::size_t written = 0;
    while (written < bytes.size()) {
        const transfer outcome = write_some(bytes.substr(written));
        if (outcome.status == transfer_status::want_read ||
            outcome.status == transfer_status::want_write) {
            write_needs_ = outcome.status == transfer_status::want_read ? tcp::socket::wait_read
                                                                        : tcp::socket::wait_write;
            break;
        }
        if (outcome.status != transfer_status::done) {
            finish(outcome.failure.empty() ? "closed by the peer" : outcome.failure);
            break;
        }
        written += outcome.bytes;
    }
    return written;
}

void socket_stream::flush() {
    queue_.consume(write(queue_.front()));
    if (phase_ != phase::open || !queue_.empty())
        return;
    if (const auto sink = sink_)
        sink->drained();
}

void socket_stream::close(std::string_view reason) {
    if (phase_ == phase::opening)
        return abort(reason);
    if (phase_ != phase::open)
        return;
    phase_ = phase::flushing;
    end_reason_ = reason;
    continue_closing();
    if (phase_ != phase::closed)
        set_deadline(close_limit);
}

void socket_stream::continue_closing() {
    flush();
    if (phase_ == phase::closed)
        return;
    if (!queue_.empty())
        return wait(write_needs_);
    if (say_goodbye().status == transfer_status::want_write)
        return wait(tcp::socket::wait_write);
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (input_ended_)
        return finish({});
    phase_ = phase::lingering;
    discard_input();
}

// Unread bytes in a closed socket make the kernel reset the connection, and a reset can overtake
// the last answer: so they are read and dropped until the peer closes as well.
void socket_stream::discard_input() {
    error_code ec;
    for (std::size_t taken = 0; taken < read_budget;) {
        const auto into = buffer_.bytes();
        taken += socket_.read_some(asio::buffer(into.data(), into.size()), ec);
        if (ec == asio::error::would_block)
            break;
        if (ec)
            return finish({});
    }
    wait(tcp::socket::wait_read);
}

void socket_stream::abort(std::string_view reason) {
    if (phase_ == phase::closed)
        return;
    end_reason_ = reason;
    reset_on_close();
    finish({});
}

void socket_stream::reset_on_close() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
}

// What close() or abort() was given comes before `reason`.
void socket_stream::finish(std::string_view reason) {
    if (std::exchange(phase_, phase::closed) == phase::closed)
        return;
    if (end_reason_.empty())
        end_reason_ = reason;
    deadline_.reset();
    membership_.reset();
    queue_.clear();
    error_code ignored;
    socket_.close(ignored);
    tell_the_end();
}

// Hands the sink to the loop, so that nothing keeps it alive should the loop never run again.
void socket_stream::tell_the_end() {
    if (on_opened_)
        post([self = self(), done = std::exchange(on_opened_, nullptr)] {
            done(self->end_reason_);
        });
    if (sink_)
        post([self = self(), sink = std::move(sink_)] { sink->closed(self->end_reason_); });
}

} // namespace iothub::net
