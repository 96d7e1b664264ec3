#pragma once
// Device and module twins (service API §3): tags, desired and reported properties.

#include <cstdint>
#include <string>

#include "common/identity_key.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/twins/twin_part.hpp"

namespace iothub::core {

// Desired or reported properties. `metadata` mirrors the tree of `values`: each node has
// $lastUpdated, and in desired also $lastUpdatedVersion (§3.2). Neither holds $version.
struct twin_section {
    twin_part values;
    twin_part metadata;
    std::uint64_t version = 1;

    bool operator==(const twin_section&) const = default;
};

struct twin {
    identity_key key;
    twin_part tags;
    twin_section desired;
    twin_section reported;
    std::uint64_t version = 2; // one more with each accepted write of any kind
    std::uint64_t etag = 1;    // one more with each write of tags or desired properties
    std::string model_id;      // the model the device announced, or empty
    // What automatic device management has done with it: {"c12":{"status":"Applied"}}.
    twin_part configurations;

    bool operator==(const twin&) const = default;
};

// The twin that comes with a new identity; sections say that they were last updated at `created`.
twin make_twin(identity_key key, timestamp created);

// "AAAAAAAAAAE=": base64 of the counter as 8 bytes, big-endian.
std::string etag_text(const twin& t);

} // namespace iothub::core
