#pragma once
// Cloud-to-device messages (service API §7.2): what a back end sends to a device, or to an input of
// a module, and what becomes of it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/property_bag.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

// Which outcomes the sender wants a feedback record of.
enum class feedback_wanted { none, positive, negative, full };

// "none", "positive", "negative", "full"; a text is read without regard to case.
std::string_view ack_text(feedback_wanted wanted);
std::optional<feedback_wanted> parse_ack(std::string_view text);

struct c2d_message {
    std::uint64_t sequence_number = 0; // within the identity's queue, never repeated
    timestamp enqueued = never;
    // Never: the hub's default time to live counts, and the receiver is not told.
    timestamp expiry = never;
    std::uint32_t delivery_count = 0; // how often it was abandoned
    feedback_wanted ack = feedback_wanted::none;
    std::string input;                   // of a module; empty: none
    property_bag system_properties;      // "message-id", "correlation-id", "user-id", "to",
                                         // "content-type", "content-encoding": as in core/event
    property_bag application_properties; // the sender's own
    std::string body;

    bool operator==(const c2d_message&) const = default;
};

inline constexpr std::size_t max_c2d_message_bytes = 64 * 1024; // body and properties
inline constexpr std::size_t max_c2d_topic_bytes = 60 * 1024;   // properties, percent-encoded

// Whether a message may be sent to `target`: message_too_large where it has too many bytes, or its
// properties would not fit into an MQTT topic; argument_invalid where a device is to have an input.
result<> check_message(const identity_key& target, const c2d_message& message);

// "/devices/d/messages/deviceBound": what a message without "to" gets.
std::string address_of(const identity_key& target);

// A message that is locked for one receiver: nobody else gets it until it is settled or the lock
// ends.
struct c2d_delivery {
    std::string lock_token; // a GUID
    bool again = false;     // it was delivered before, and not settled
    c2d_message message;
};

// How a receiver settles a delivery.
enum class settlement { complete, abandon, reject };

enum class c2d_outcome { success, expired, delivery_count_exceeded, rejected, purged };

bool is_wanted(feedback_wanted wanted, c2d_outcome outcome);

// "Success", "Expired", "DeliveryCountExceeded", "Rejected", "Purged" (§7.3).
std::string_view outcome_text(c2d_outcome outcome);

// What the sender of a message learns of its end (§7.3; row C03).
struct feedback_record {
    std::uint64_t sequence_number = 0; // of the record, growing
    std::string original_message_id;   // empty where the message had none
    std::string device_id;
    std::string device_generation_id;
    timestamp enqueued = never; // when the message ended
    c2d_outcome outcome = c2d_outcome::success;

    bool operator==(const feedback_record&) const = default;
};

} // namespace iothub::core
