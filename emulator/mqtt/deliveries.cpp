#include "emulator/mqtt/deliveries.hpp"

#include "common/percent_encoding.hpp"
#include "emulator/core/store.hpp"
#include "emulator/mqtt/codec/publish.hpp"
#include "emulator/mqtt/operations/c2d.hpp"

namespace iothub::mqtt {

namespace {

std::uint16_t packet_id_of(std::uint64_t sequence_number) {
    return static_cast<std::uint16_t>(sequence_number % 65'535 + 1); // 0 is none
}

} // namespace

void deliveries::begin(const identity_key& self) {
    self_ = self;
    encoded_self_ = {percent_encode(self.device_id), percent_encode(self.module_id)};
}

core::delivery_answer deliveries::send(const core::c2d_delivery& delivery,
                                       const subscriptions& held, std::string& out) {
    const core::c2d_message& message = delivery.message;
    const auto qos = held.messages_at(!message.input.empty());
    if (!qos) {
        return core::delivery_answer::not_subscribed;
    }
    const std::string topic = topic_of(held.ids_encoded() ? encoded_self_ : self_, message);
    if (*qos == 0) {
        append_publish(out, topic, message.body);
        return core::delivery_answer::completed;
    }
    const std::uint16_t packet_id = packet_id_of(message.sequence_number);
    if (!has_room_for(packet_id, message.sequence_number)) {
        return core::delivery_answer::no_room;
    }
    append_publish(out, topic, message.body, packet_id, delivery.again);
    in_flight_[packet_id] = {message.sequence_number, delivery.lock_token};
    return core::delivery_answer::taken;
}

// A message that is in flight already may be sent again: its lock has ended meanwhile.
bool deliveries::has_room_for(std::uint16_t packet_id, std::uint64_t sequence_number) const {
    const auto same_id = in_flight_.find(packet_id);
    return same_id == in_flight_.end() ? in_flight_.size() < max_in_flight
                                       : same_id->second.sequence_number == sequence_number;
}

void deliveries::acknowledged(std::uint16_t packet_id) {
    const auto found = in_flight_.find(packet_id);
    if (found == in_flight_.end()) {
        hub_.journal().write(log_level::debug, "mqtt",
                             self_.text() + ": a PUBACK of the unknown packet identifier " +
                                 std::to_string(packet_id));
        return;
    }
    const in_flight message = std::move(found->second);
    in_flight_.erase(found);
    with_store([&] {
        complete(message);
        hub_.c2d().online(self_);
    });
}

void deliveries::complete(const in_flight& message) {
    const auto settled = hub_.c2d().settle(self_, message.lock_token, core::settlement::complete);
    if (!settled) {
        hub_.journal().write(log_level::info, "mqtt",
                             self_.text() + ": message " + std::to_string(message.sequence_number) +
                                 " was acknowledged too late: " + log_text(settled.error()));
    }
}

void deliveries::ask() {
    with_store([this] { hub_.c2d().online(self_); });
}

template <class Work>
void deliveries::with_store(Work work) {
    try {
        work();
    } catch (const core::store_fault& fault) {
        ++hub_.count().errors;
        hub_.journal().write(log_level::error, "mqtt",
                             self_.text() + ": its messages cannot be read: " + fault.what());
    }
}

} // namespace iothub::mqtt
