#pragma once
// What the hub counts, for /metrics. All of it is monotonic but what is asked for at the time.

#include <cstdint>

namespace iothub::core {

struct counters {
    std::uint64_t connections = 0;         // sessions of devices and modules that were opened
    std::uint64_t refused_connections = 0; // bad credentials, bad protocol
    std::uint64_t messages = 0;            // telemetry accepted
    std::uint64_t twin_writes = 0;         // by service, device and module
    std::uint64_t requests = 0;            // REST
    std::uint64_t failed_requests = 0;     // REST, answered with 4xx or 5xx
    std::uint64_t throttled = 0;           // refused by the limits of a tier
    std::uint64_t over_quota = 0;          // likewise, by its messages of a day
    std::uint64_t commits = 0;
    std::uint64_t failed_commits = 0;
    std::uint64_t errors = 0; // faults of the hub itself
};

} // namespace iothub::core
