#include "emulator/core/c2d/c2d_service.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "emulator/core/clock.hpp"
#include "emulator/core/device_link.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

class c2d_service::visit {
public:
    visit(c2d_service& owner, const identity_key& who, timestamp now)
        : owner_(owner)
        , who_(who)
        , queue_(known_queue()) {
        queue_.end_locks(now);
        owner_.end_expired(who_, queue_, now);
    }
    visit(c2d_service& owner, const identity_key& who)
        : visit(owner, who, owner.clock_.now()) {}
    ~visit() { owner_.set_deadline(who_); }
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;

    message_queue& queue() { return queue_; }

private:
    message_queue& known_queue() {
        if (const auto known = owner_.queues_.find(who_); known != owner_.queues_.end()) {
            return known->second;
        }
        message_queue read;
        read.load(owner_.store_.describe_queue(who_));
        owner_.unread_.erase(who_);
        return owner_.queues_.emplace(who_, std::move(read)).first->second;
    }

    c2d_service& owner_;
    const identity_key& who_;
    message_queue& queue_;
};

c2d_service::c2d_service(core::store& store, session_table& sessions, const core::clock& clock,
                         id_source& ids, c2d_settings settings)
    : store_(store)
    , sessions_(sessions)
    , clock_(clock)
    , ids_(ids)
    , settings_(settings)
    , feedback_(store, clock, settings.max_feedback_records) {
    for (const identity_key& who : store_.list_queues()) {
        queues_[who].load(store_.describe_queue(who));
        set_deadline(who);
    }
}

result<c2d_message> c2d_service::enqueue(const identity_key& target, c2d_message message) {
    if (const auto valid = check_message(target, message); !valid) {
        return valid.error();
    }
    if (!store_.find_identity(target)) {
        return error{errc::device_not_found, target.text()};
    }
    visit v(*this, target);
    if (v.queue().depth() >= max_c2d_queue_depth) {
        return error{errc::device_maximum_queue_depth_exceeded,
                     "50 messages to " + target.text() + " wait already."};
    }
    c2d_message kept = put(target, v.queue(), std::move(message));
    end_expired(target, v.queue(), kept.enqueued);
    deliver_all(target, v.queue());
    return kept;
}

c2d_message c2d_service::put(const identity_key& target, message_queue& queue,
                             c2d_message message) {
    message.sequence_number = queue.take_number();
    message.enqueued = clock_.now();
    message.delivery_count = 0;
    if (message.expiry == never) {
        message.expiry = message.enqueued + settings_.time_to_live;
    } else if (find_property(message.system_properties, "absolute-expiry-time") == nullptr) {
        message.system_properties.push_back(
            {"absolute-expiry-time", iso_8601_round_trip(message.expiry)});
    }
    if (find_property(message.system_properties, "to") == nullptr) {
        message.system_properties.push_back({"to", address_of(target)});
    }
    store_.put_message(target, message);
    changed_.insert(target);
    queue.add({message.sequence_number, message.expiry, message.delivery_count, message.ack,
               !message.input.empty()});
    return message;
}

std::optional<c2d_delivery> c2d_service::receive(const identity_key& who) {
    visit v(*this, who);
    for (const std::uint64_t number : v.queue().free(clock_.now())) {
        if (auto delivery = offer(who, v.queue(), number)) {
            lock_for(receiver::poller, v.queue(), *delivery);
            return delivery;
        }
    }
    return std::nullopt;
}

// The message as somebody may get it; it is not locked yet.
std::optional<c2d_delivery> c2d_service::offer(const identity_key& who, message_queue& queue,
                                               std::uint64_t number) {
    auto message = store_.find_message(who, number);
    if (!message) {
        queue.remove(number);
        return std::nullopt;
    }
    return c2d_delivery{make_guid(ids_), queue.find(number)->delivered_before, *std::move(message)};
}

void c2d_service::lock_for(receiver by, message_queue& queue, const c2d_delivery& delivery) {
    lock(*queue.find(delivery.message.sequence_number), delivery.lock_token,
         clock_.now() + settings_.lock, by);
}

void c2d_service::deliver_all(const identity_key& who, message_queue& queue) {
    device_link* link = sessions_.find(who);
    if (link == nullptr) {
        return;
    }
    std::array<bool, 2> unwanted{}; // messages to the identity, and to its inputs
    for (const std::uint64_t number : queue.free(clock_.now())) {
        bool& passed_over = unwanted[queue.find(number)->waiting.for_input ? 1 : 0];
        if (passed_over) {
            continue;
        }
        const delivery_answer answer = deliver(*link, who, queue, number);
        if (answer == delivery_answer::no_room) {
            return;
        }
        passed_over = answer == delivery_answer::not_subscribed;
    }
}

delivery_answer c2d_service::deliver(device_link& link, const identity_key& who,
                                     message_queue& queue, std::uint64_t number) {
    const auto delivery = offer(who, queue, number);
    if (!delivery) {
        return delivery_answer::completed;
    }
    const delivery_answer answer = link.deliver(*delivery);
    if (answer == delivery_answer::taken) {
        lock_for(receiver::link, queue, *delivery);
    } else if (answer == delivery_answer::completed) {
        end(who, queue, number, c2d_outcome::success);
    }
    return answer;
}

result<> c2d_service::settle(const identity_key& who, std::string_view lock_token, settlement how) {
    visit v(*this, who);
    queue_entry* entry = v.queue().find_locked(lock_token);
    if (entry == nullptr) {
        return error{errc::device_message_lock_lost, "The lock of the message has ended.",
                     who.text() + " settles a message that it has not locked"};
    }
    switch (how) {
    case settlement::complete:
        end(who, v.queue(), entry->waiting.sequence_number, c2d_outcome::success);
        break;
    case settlement::reject:
        end(who, v.queue(), entry->waiting.sequence_number, c2d_outcome::rejected);
        break;
    case settlement::abandon:
        abandon(who, v.queue(), *entry);
        break;
    }
    return {};
}

void c2d_service::abandon(const identity_key& who, message_queue& queue, queue_entry& entry) {
    const std::uint64_t number = entry.waiting.sequence_number;
    auto message = store_.find_message(who, number);
    if (!message) {
        queue.remove(number);
        return;
    }
    if (++message->delivery_count >= settings_.max_delivery_count) {
        end(who, queue, number, c2d_outcome::delivery_count_exceeded);
        return;
    }
    store_.put_message(who, *message);
    changed_.insert(who);
    entry.waiting.delivery_count = message->delivery_count;
    unlock(entry);
    end_expired(who, queue, clock_.now());
    deliver_all(who, queue);
}

void c2d_service::online(const identity_key& who) {
    if (!queues_.contains(who)) {
        return;
    }
    visit v(*this, who);
    deliver_all(who, v.queue());
}

void c2d_service::offline(const identity_key& who) {
    if (const auto known = queues_.find(who); known != queues_.end()) {
        known->second.end_link_locks();
        set_deadline(who);
    }
}

void c2d_service::give_back(const identity_key& who, std::string_view lock_token) {
    const auto known = queues_.find(who);
    queue_entry* entry = known == queues_.end() ? nullptr : known->second.find_locked(lock_token);
    if (entry != nullptr) {
        unlock(*entry);
        set_deadline(who);
    }
}

std::size_t c2d_service::count(const identity_key& who) {
    if (unread_.contains(who)) {
        return visit(*this, who).queue().depth();
    }
    const auto known = queues_.find(who);
    return known == queues_.end() ? 0 : known->second.depth();
}

std::vector<queued_message> c2d_service::list(const identity_key& who) {
    visit v(*this, who);
    std::vector<queued_message> messages;
    for (const queue_entry& entry : v.queue().entries()) {
        if (auto message = store_.find_message(who, entry.waiting.sequence_number)) {
            messages.push_back({*std::move(message), entry.is_locked()});
        }
    }
    return messages;
}

std::size_t c2d_service::purge(const identity_key& who) {
    visit v(*this, who);
    const std::size_t count = v.queue().depth();
    while (v.queue().depth() > 0) {
        end(who, v.queue(), v.queue().entries().front().waiting.sequence_number,
            c2d_outcome::purged);
    }
    return count;
}

void c2d_service::forget(const identity_key& who) {
    const auto begin = queues_.lower_bound(who);
    const auto end = std::find_if_not(
        begin, queues_.end(), [&who](const auto& queue) { return who.covers(queue.first); });
    for (auto gone = begin; gone != end; ++gone) {
        deadlines_.erase(gone->first);
        changed_.insert(gone->first);
    }
    queues_.erase(begin, end);
    std::erase_if(unread_, [&who](const identity_key& one) { return who.covers(one); });
}

void c2d_service::advance(timestamp now) {
    while (const auto who = deadlines_.due(now)) {
        deadlines_.set(*who, now + settings_.lock); // and no sooner, where the store fails
        visit v(*this, *who, now);
        deliver_all(*who, v.queue());
    }
}

void c2d_service::turn_failed() {
    const auto changed = std::exchange(changed_, {});
    std::map<identity_key, message_queue> before;
    for (const identity_key& who : changed) {
        before.insert(queues_.extract(who));
    }
    // One that cannot be read now is read when it is used next.
    unread_.insert(changed.begin(), changed.end());
    for (const identity_key& who : changed) {
        message_queue& queue = before[who];
        queue.load(store_.describe_queue(who));
        unread_.erase(who);
        queues_.emplace(who, std::move(queue));
        set_deadline(who);
    }
}

void c2d_service::end_expired(const identity_key& who, message_queue& queue, timestamp now) {
    for (const std::uint64_t number : queue.expired(now)) {
        end(who, queue, number, c2d_outcome::expired);
    }
}

void c2d_service::end(const identity_key& who, message_queue& queue, std::uint64_t number,
                      c2d_outcome outcome) {
    if (is_wanted(queue.find(number)->waiting.ack, outcome)) {
        if (const auto message = store_.find_message(who, number)) {
            feedback_.add(who, *message, outcome);
        }
    }
    store_.remove_message(who, number);
    changed_.insert(who);
    queue.remove(number);
    observer_(who, number, outcome);
}

void c2d_service::set_deadline(const identity_key& who) {
    const auto known = queues_.find(who);
    const auto next = known == queues_.end() ? std::nullopt : known->second.next_deadline();
    if (next) {
        deadlines_.set(who, *next);
    } else {
        deadlines_.erase(who);
        queues_.erase(who);
    }
}

} // namespace iothub::core
