#pragma once
// What registry_client counts: the hub's GET /statistics/devices and /statistics/service.

#include <cstdint>

namespace iothub {

// Devices in the registry; modules do not count.
struct registry_statistics {
    std::int64_t total = 0;
    std::int64_t enabled = 0;
    std::int64_t disabled = 0;
};

struct service_statistics {
    std::int64_t connected = 0; // devices
};

} // namespace iothub
