#pragma once
// A message from a device or module as the hub keeps it for readers (service API §7.6).

#include <cstdint>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/property_bag.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

struct event {
    std::uint64_t sequence_number = 0; // within the partition, without gaps, never repeated
    std::uint64_t offset = 0;          // within the partition, growing
    timestamp enqueued = never;        // when the hub took it
    identity_key source;
    std::string generation_id; // of the identity that sent it
    std::string auth_method;   // JSON text: {"scope":"device","type":"sas","issuer":"iothub",…}
    property_bag system_properties; // "message-id", "content-type" …: names as readers see them
    property_bag application_properties; // what the sender added
    std::string body;

    bool operator==(const event&) const = default;
};

// What an event is made of before the log gives it its place; everything is borrowed.
struct event_content {
    const identity_key& source;
    std::string_view generation_id;
    std::string_view auth_method;
    const property_bag& system_properties;
    const property_bag& application_properties;
    std::string_view body;
};

inline event_content content_of(const event& e) {
    return {e.source, e.generation_id, e.auth_method, e.system_properties, e.application_properties,
            e.body};
}

} // namespace iothub::core
