#include "emulator/amqp/nodes/event_hub/partition_reader.hpp"

#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "emulator/amqp/nodes/event_hub/entity.hpp"
#include "emulator/amqp/nodes/event_hub/event_message.hpp"
#include "emulator/amqp/nodes/event_hub/last_enqueued.hpp"
#include "emulator/amqp/nodes/event_hub/start_position.hpp"
#include "emulator/amqp/send_turns.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/core/messaging/partition_readers.hpp"
#include "emulator/core/store.hpp"

namespace iothub::amqp {

namespace {

constexpr std::size_t events_ahead = 256; // read at once, sent as there is credit and room

class partition_reader final : public node,
                               private send_turns::sender,
                               private core::partition_readers::reader {
public:
    using seat = core::partition_readers::place;

    partition_reader(const context& lent, link& which, seat where, std::uint64_t first)
        : lent_(lent)
        , link_(which)
        , where_(std::move(where))
        , next_(first)
        , tells_last_(which.request().desires(runtime_metric))
        , alarm_(std::make_shared<alarm>(*this)) {
        lent_.hub.events().watch(alarm_);
    }

    ~partition_reader() override {
        lent_.hub.readers().leave(where_, *this);
        lent_.turns.leave(*this);
    }

    result<> enter(std::string name, std::optional<std::int64_t> level) {
        return lent_.hub.readers().enter(where_, {this, std::move(name), level});
    }

    void credit_changed() override { send_events(); }

private:
    // The log holds its watchers weakly.
    struct alarm final : core::event_log::watcher {
        explicit alarm(partition_reader& owner)
            : owner_(owner) {}
        void events_kept() override { owner_.events_kept(); }
        partition_reader& owner_;
    };

    void events_kept() {
        if (link_.credit() > 0) {
            send_events();
            lent_.on_output();
        }
    }

    void go_on() override { send_events(); }

    void displaced(const std::string& why) override {
        link_.detach({"amqp:link:stolen", why});
        lent_.on_output();
    }

    void send_events() {
        try {
            std::optional<std::string> annotations;
            while (link_.credit() > 0 && has_next() && has_room()) {
                if (!annotations) {
                    annotations = delivery_annotations();
                }
                send_next(*annotations);
            }
        } catch (const core::store_fault& fault) {
            lent_.write_fault("events cannot be read", fault);
            link_.detach({"amqp:internal-error", "The events cannot be read."});
        }
    }

    bool has_next() {
        const std::uint64_t end =
            lent_.hub.events().describe(where_.partition).next_sequence_number;
        if (ahead_.empty() && next_ < end) {
            for (core::event& e : lent_.hub.events().read(where_.partition, next_, events_ahead)) {
                ahead_.push_back(std::move(e));
            }
            next_ = ahead_.empty() ? end : ahead_.back().sequence_number + 1;
        }
        return !ahead_.empty();
    }

    bool has_room() {
        if (link_.unsent() >= send_turns::bytes_at_once) {
            lent_.turns.wait_for_peer(*this);
            return false;
        }
        if (!lent_.turns.has_room()) {
            lent_.turns.wait_for_room(*this);
            return false;
        }
        return true;
    }

    // The same for all that is sent at once: finding it takes several reads.
    std::string delivery_annotations() const {
        core::hub& hub = lent_.hub;
        return tells_last_ ? encode_delivery_annotations(runtime_annotations(
                                 hub.events().examine(where_.partition), hub.time().now()))
                           : std::string();
    }

    // 16 bytes of a tag, as the real service's; settled, as it does whatever the peer asks for.
    void send_next(const std::string& annotations) {
        const std::uint64_t number = ahead_.front().sequence_number;
        const std::string encoded = annotations + encode_event(ahead_.front());
        ahead_.pop_front();
        char tag[16] = {};
        std::memcpy(tag, &number, sizeof number);
        lent_.turns.spent(encoded.size());
        link_.send({tag, sizeof tag}, encoded, true);
    }

    const context& lent_;
    link& link_;
    seat where_;
    std::uint64_t next_; // to be read
    bool tells_last_;    // what the partition holds last, with each event
    std::deque<core::event> ahead_;
    std::shared_ptr<alarm> alarm_;
};

condition refusal(const error& why) {
    return {why.code == errc::quota_exceeded ? "amqp:resource-limit-exceeded" : "amqp:link:stolen",
            why.message};
}

std::optional<std::int64_t> owner_level(const map& properties) {
    const value* level = find(properties, "com.microsoft:epoch");
    return level ? level->integer() : std::nullopt;
}

attach_answer attach_at(const context& lent, link& which, core::partition_readers::place where) {
    const auto from = read_start_position(which.request().filter);
    if (!from) {
        return condition{"amqp:invalid-field", from.error().message};
    }
    const auto first = find_start(lent.hub.events(), where.partition, *from);
    if (!first) {
        return condition{"com.microsoft:argument-error", first.error().message};
    }
    const map& properties = which.request().properties;
    auto reader = std::make_unique<partition_reader>(lent, which, std::move(where), *first);
    const auto entered = reader->enter(
        std::string(find_text(properties, "com.microsoft:receiver-name").value_or("")),
        owner_level(properties));
    if (!entered) {
        return refusal(entered.error());
    }
    return accepted_attach{.node = std::move(reader), .settles_at_once = true};
}

} // namespace

attach_answer attach_partition_reader(const context& lent, link& which,
                                      const partition_address& where) {
    if (which.request().peer_sends) {
        return condition{"amqp:not-allowed", "Events can only be read here."};
    }
    const auto partition = find_partition(lent.hub, where.entity, where.partition);
    if (const auto* refused = std::get_if<condition>(&partition)) {
        return *refused;
    }
    try {
        return attach_at(lent, which, {where.consumer_group, std::get<std::uint32_t>(partition)});
    } catch (const core::store_fault& fault) {
        lent.write_fault("events cannot be read", fault);
        return condition{"amqp:internal-error", "The events cannot be read."};
    }
}

} // namespace iothub::amqp
