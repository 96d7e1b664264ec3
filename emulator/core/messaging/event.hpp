#pragma once
// A message from a device or module as the hub keeps it for readers (service API §7.6).

#include <cstdint>
#include <string>

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

} // namespace iothub::core
