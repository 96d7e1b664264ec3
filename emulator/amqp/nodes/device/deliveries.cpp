#include "emulator/amqp/nodes/device/deliveries.hpp"

#include <algorithm>
#include <ranges>
#include <string>
#include <utility>

#include "emulator/amqp/lock_tag.hpp"
#include "emulator/amqp/nodes/device/c2d_transfer.hpp"
#include "emulator/amqp/nodes/device/credit_watch.hpp"
#include "emulator/amqp/nodes/device/device_session.hpp"
#include "emulator/amqp/nodes/device/session_link.hpp"
#include "emulator/amqp/with_store.hpp"

namespace iothub::amqp {

namespace {

core::settlement settlement_of(outcome how) {
    switch (how) {
    case outcome::accepted:
        return core::settlement::complete;
    case outcome::rejected:
        return core::settlement::reject;
    case outcome::released:
    case outcome::modified:
        break;
    }
    return core::settlement::abandon;
}

error lock_lost() {
    return {errc::device_message_lock_lost, "The lock of the message has ended."};
}

} // namespace

class deliveries::receiver_node final : public node {
public:
    receiver_node(deliveries& owner, std::unique_ptr<session_link> on, bool of_inputs)
        : owner_(owner)
        , on_(std::move(on))
        , credit_(on_->on())
        , of_inputs_(of_inputs) {}
    ~receiver_node() override { owner_.gone(*this); }

    bool takes(const core::c2d_message& what) const { return of_inputs_ != what.input.empty(); }
    bool has_room() { return credit_.any() && !full(); }
    void send(const core::c2d_delivery& delivery, std::string_view tag) {
        unsettled_.push_back(delivery.lock_token);
        on_->on().send(tag, encode_message(c2d_transfer(delivery.message)), false);
        credit_.any();
    }
    const std::vector<std::string>& unsettled() const { return unsettled_; }

    void credit_changed() override {
        if (credit_.grew()) {
            owner_.ask();
        }
    }
    result<> settled(std::string_view tag, outcome how) override {
        const std::string token = lock_token(tag).value_or("");
        const bool was_full = full();
        if (const auto one = std::ranges::find(unsettled_, token); one != unsettled_.end()) {
            unsettled_.erase(one);
        }
        auto done = owner_.settle(token, how);
        if (was_full) {
            owner_.ask();
        }
        return done;
    }

private:
    bool full() const { return unsettled_.size() >= max_unsettled; }

    deliveries& owner_;
    std::unique_ptr<session_link> on_; // keeps the owner, too
    credit_watch credit_;
    bool of_inputs_;
    std::vector<std::string> unsettled_; // lock tokens; those whose locks have ended, too
};

std::unique_ptr<node> deliveries::receiver(std::unique_ptr<session_link> on, bool of_inputs) {
    auto made = std::make_unique<receiver_node>(*this, std::move(on), of_inputs);
    receivers_.push_back(made.get());
    return made;
}

core::delivery_answer deliveries::send(const core::c2d_delivery& delivery) {
    auto answer = core::delivery_answer::not_subscribed;
    for (receiver_node* one : receivers_ | std::views::reverse) {
        if (!one->takes(delivery.message)) {
            continue;
        }
        const auto tag = one->has_room() ? lock_tag(delivery.lock_token) : std::nullopt;
        if (tag) {
            one->send(delivery, *tag);
            return core::delivery_answer::taken;
        }
        answer = core::delivery_answer::no_room;
    }
    return answer;
}

// What was delivered over the link and not settled waits again.
void deliveries::gone(const receiver_node& which) {
    std::erase(receivers_, &which);
    if (owner_.ended()) {
        return;
    }
    for (const std::string& token : which.unsettled()) {
        owner_.hub().c2d().give_back(owner_.who().key, token);
    }
    ask();
}

result<> deliveries::settle(const std::string& token, outcome how) {
    if (owner_.ended()) {
        return lock_lost();
    }
    owner_.touch();
    const auto done = with_store(owner_.hub(), [&] {
        return owner_.hub().c2d().settle(owner_.who().key, token, settlement_of(how));
    });
    if (!done) {
        owner_.write_log(log_level::info,
                         "a message was settled in vain: " + log_text(done.error()));
    }
    return done;
}

// There is room: what waits comes.
void deliveries::ask() {
    if (owner_.ended() || receivers_.empty()) {
        return;
    }
    const auto asked = with_store(owner_.hub(), [&]() -> result<> {
        owner_.hub().c2d().online(owner_.who().key);
        return {};
    });
    if (!asked) {
        owner_.write_log(log_level::error,
                         "its messages cannot be read: " + log_text(asked.error()));
    }
}

} // namespace iothub::amqp
