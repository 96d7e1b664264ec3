#include "emulator/session/session.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <utility>

#include "emulator/core/turn.hpp"

namespace iothub::session {

namespace {

class served_stream final : public net::byte_sink,
                            public core::turn::participant,
                            public std::enable_shared_from_this<served_stream> {
public:
    served_stream(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
                  const boost::asio::any_io_executor& executor, const machine_maker& make)
        : hub_(hub)
        , stream_(std::move(stream))
        , machine_(make([this] { hub_put_out(); }))
        , timer_(executor) {}

    void start() {
        arm_timer();
        stream_->start(shared_from_this());
    }

    void received(std::string_view bytes) override {
        if (machine_->ended()) {
            return;
        }
        machine_->receive(bytes);
        if (machine_->blocked()) {
            pause();
        }
        join_turn();
    }

    void drained() override { go_on(); }

    void closed(std::string_view reason) override {
        machine_->stream_ended(reason);
        timer_.cancel();
        stream_.reset();
    }

    void turn_committed() override {
        in_turn_ = false;
        if (!stream_ || dropped_too_slow()) {
            return;
        }
        stream_->send(machine_->take_output());
        if (machine_->ended()) {
            stream_->close(machine_->end_reason());
            return;
        }
        arm_timer();
        if (stream_->queued() > pause_above) {
            pause();
        } else if (paused_) {
            go_on_later();
        }
    }

    void turn_failed(const error& reason) override {
        in_turn_ = false;
        drop("the turn was not kept: " + log_text(reason));
    }

private:
    void join_turn() {
        if (!in_turn_) {
            in_turn_ = true;
            hub_.current_turn().join(weak_from_this());
        }
    }

    void hub_put_out() {
        if (machine_->blocked() && stream_) {
            pause();
        }
        join_turn();
    }

    // From the loop, because a new turn begins with it.
    void go_on_later() {
        boost::asio::post(timer_.get_executor(), [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->go_on();
            }
        });
    }

    // The client's input has waited until the stream has sent most of what it owes.
    void go_on() {
        if (machine_->ended() || stream_->queued() > pause_above) {
            return;
        }
        machine_->resume();
        if (machine_->has_output() || machine_->ended()) {
            join_turn();
        }
        if (!machine_->blocked() && std::exchange(paused_, false)) {
            stream_->resume_reading();
        }
    }

    void pause() {
        machine_->hold_back();
        if (!std::exchange(paused_, true)) {
            stream_->pause_reading();
        }
    }

    bool dropped_too_slow() {
        if (!stream_ || stream_->queued() <= drop_above) {
            return false;
        }
        drop("the client does not read what it is sent");
        return true;
    }

    void drop(const std::string& reason) {
        machine_->stream_ended(reason);
        if (stream_) {
            stream_->abort(reason);
        }
    }

    // The deadline mostly moves away while the timer runs, so the timer looks when it fires rather
    // than being set anew by every packet.
    void arm_timer() {
        const timestamp deadline = machine_->deadline();
        if (deadline >= armed_for_) {
            return;
        }
        armed_for_ = deadline;
        timer_.expires_after(deadline - hub_.time().now());
        timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& failure) {
            if (const auto self = weak.lock(); self && !failure) {
                self->timer_fired();
            }
        });
    }

    void timer_fired() {
        armed_for_ = timestamp::max();
        machine_->check_deadline();
        if (machine_->ended() || machine_->has_output()) {
            join_turn();
        } else {
            arm_timer();
        }
    }

    core::hub& hub_;
    std::shared_ptr<net::byte_stream> stream_; // null once it has ended
    const std::unique_ptr<machine> machine_;
    boost::asio::steady_timer timer_;
    timestamp armed_for_ = timestamp::max();
    bool in_turn_ = false;
    bool paused_ = false;
};

} // namespace

void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, const machine_maker& make) {
    std::make_shared<served_stream>(hub, std::move(stream), executor, make)->start();
}

} // namespace iothub::session
