#include "emulator/http_codec/server_session.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace iothub::http_codec {

server_session::server_session(boost::asio::any_io_executor executor,
                               std::shared_ptr<net::byte_stream> stream,
                               const session_limits& limits)
    : stream_(std::move(stream))
    , limits_(limits)
    , reader_(limits.messages)
    , timer_(std::move(executor)) {}

void server_session::start() {
    watch();
    stream_->start(shared_from_this());
}

void server_session::received(std::string_view bytes) {
    if (ending_ && !successor_) {
        return;
    }
    reader_.put(bytes);
    take_requests();
}

void server_session::closed(std::string_view) {
    successor_ = nullptr;
    stop();
}

void server_session::stop() {
    closed_ = true;
    ending_ = true;
    open_.clear();
    timer_.cancel();
}

void server_session::drained() {
    take_requests();
}

void server_session::take_requests() {
    while (!ending_ && !held_back()) {
        auto request = reader_.next();
        if (!request) {
            break;
        }
        open(std::move(*request));
    }
    if (!ending_ && reader_.fault()) {
        end_with(*reader_.fault());
    }
    if (!ending_ && reader_.take_continue_wish()) {
        send_continue();
    }
    hold_peer_back();
    watch();
}

void server_session::open(request r) {
    asked_once_ = true;
    phase_ = phase::handling; // so that the next request has its whole time
    ending_ = !r.keep_alive;
    open_.push_back(std::make_shared<exchange>(std::move(r), weak_from_this()));
    handle(open_.back());
}

// The refusal takes its place behind the responses to earlier requests.
void server_session::end_with(const refusal& why) {
    request unreadable;
    unreadable.keep_alive = false;
    ending_ = true;
    open_.push_back(std::make_shared<exchange>(std::move(unreadable), weak_from_this()));
    const auto last = open_.back();
    last->reply(refuse(why));
}

void server_session::send_continue() {
    open_.push_back(std::make_shared<exchange>(request{}, weak_from_this()));
    open_.back()->response_ = response{100, {}, {}};
    open_.back()->released_ = true;
    send_released();
}

void server_session::replied(const exchange& x) {
    if (!closed_) {
        unsent_ += x.response_->body.size();
        ending_ = ending_ || x.response_->close;
        replies_wait();
    }
}

void server_session::hand_over(successor next) {
    ending_ = true;
    successor_ = std::move(next);
    pass_on();
}

// The request of the hand-over is the last one, and never gets a reply.
void server_session::pass_on() {
    if (!successor_ || open_.size() != 1) {
        return;
    }
    stop();
    if (paused_) {
        stream_->resume_reading();
    }
    std::exchange(successor_, nullptr)(stream_, reader_.take_unread());
}

void server_session::release_replies() {
    for (const auto& x : open_) {
        x->released_ = x->replied();
    }
    send_released();
}

void server_session::replace_replies(const std::function<response()>& instead) {
    for (const auto& x : open_) {
        if (x->replied() && !x->released_) {
            unsent_ -= x->response_->body.size();
            x->response_ = instead();
            unsent_ += x->response_->body.size();
        }
    }
    release_replies();
}

void server_session::send_released() {
    std::string bytes;
    bool last = false;
    while (!last && !open_.empty() && open_.front()->released_) {
        const auto x = std::move(open_.front());
        open_.pop_front();
        const framing how = x->how_to_send();
        unsent_ -= x->response_->body.size();
        bytes += to_bytes(*x->response_, how);
        last = !how.keep_alive;
    }
    if (!bytes.empty()) {
        stream_->send(bytes);
    }
    if (last) {
        ending_ = true;
        open_.clear();
        successor_ = nullptr;
        stream_->close("the last response was sent");
    }
    pass_on();
    take_requests_later();
}

// Not at once: a peer that pipelines must not keep the loop from the others, and what its requests
// write belongs to the next turn.
void server_session::take_requests_later() {
    if (closed_) {
        return;
    }
    if (!ending_ && reader_.has_unread_bytes()) {
        boost::asio::post(timer_.get_executor(), [weak = weak_from_this()] {
            if (const auto self = weak.lock(); self && !self->closed_) {
                self->take_requests();
            }
        });
    }
    hold_peer_back();
    watch();
}

bool server_session::held_back() const {
    return open_.size() >= limits_.open_requests ||
           unsent_ + stream_->queued() > limits_.unsent_bytes;
}

void server_session::hold_peer_back() {
    const bool hold = successor_ || (!ending_ && held_back());
    if (closed_ || hold == paused_) {
        return;
    }
    paused_ = hold;
    if (hold) {
        stream_->pause_reading();
    } else {
        stream_->resume_reading();
    }
}

server_session::phase server_session::current_phase() const {
    using reading = request_reader::phase;
    if (stream_->queued() > 0 && (ending_ || held_back())) {
        return phase::sending;
    }
    if (ending_ || held_back()) {
        return phase::handling;
    }
    if (reader_.reading() != reading::between_requests) {
        return reader_.reading() == reading::head ? phase::head : phase::body;
    }
    if (!open_.empty()) {
        return phase::handling;
    }
    return asked_once_ ? phase::idle : phase::first_request;
}

// Each phase has its own time; what happens within one does not prolong it, but for the idle one.
void server_session::watch() {
    if (closed_) {
        return;
    }
    const phase now_in = current_phase();
    if (now_in != phase_ || now_in == phase::idle || !timer_is_armed_) {
        phase_ = now_in;
        set_deadline();
    }
    arm_timer();
}

void server_session::set_deadline() {
    const time_limits& time = limits_.time;
    switch (phase_) {
    case phase::first_request:
    case phase::head:
        deadline_ = clock::now() + time.head;
        break;
    case phase::body:
        deadline_ = clock::now() + time.body_window;
        progress_ = reader_.body_bytes();
        break;
    case phase::idle:
    case phase::sending:
        deadline_ = clock::now() + time.idle;
        progress_ = stream_->queued();
        break;
    case phase::handling:
        deadline_ = clock::time_point::max();
        break;
    }
}

// A timer that fires too early looks again; so a deadline that moves away costs nothing.
void server_session::arm_timer() {
    if (deadline_ == clock::time_point::max() ||
        (timer_is_armed_ && timer_.expiry() <= deadline_)) {
        return;
    }
    timer_is_armed_ = true;
    timer_.expires_at(deadline_);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& failure) {
        const auto self = weak.lock();
        if (!failure && self && !self->closed_) {
            self->timer_fired();
        }
    });
}

void server_session::timer_fired() {
    timer_is_armed_ = false;
    if (clock::now() < deadline_) {
        arm_timer();
    } else {
        deadline_passed();
    }
}

void server_session::deadline_passed() {
    switch (phase_) {
    case phase::first_request:
        stream_->close("no request came in time");
        return;
    case phase::idle:
        stream_->close("idle for too long");
        return;
    case phase::head:
        end_with({408, "The header did not come in time."});
        break;
    case phase::body:
        if (reader_.body_bytes() < progress_ + limits_.time.body_bytes_a_window) {
            end_with({408, "The body comes too slowly."});
        }
        break;
    case phase::sending:
        if (stream_->queued() >= progress_) {
            stream_->abort("the peer does not read");
            return;
        }
        break;
    case phase::handling:
        break;
    }
    watch();
}

} // namespace iothub::http_codec
