#pragma once
// The limits of the service's tiers, each with one unit (service API §8; row L02), and "off", which
// throttles nothing. Used by limiter; chosen with --limits or through the management API.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "emulator/core/limits/operation.hpp"

namespace iothub::core {

// So many at once, and then so many a second.
struct rate {
    double per_second = 0;
    double at_once = 0;
};

struct limit_profile {
    std::string_view name; // "off", "F1", "S1", "S2", "S3"
    bool throttles = false;
    std::array<rate, meter_count> rates; // in the order of the meters
    std::uint64_t messages_per_day = 0;  // where it throttles
    std::size_t message_unit = 0;        // bytes; a larger message counts for several
    std::size_t max_devices = 0;
    std::size_t max_active_jobs = 0;
    std::size_t max_configurations = 0;
};

std::span<const limit_profile> limit_profiles();

// Null where there is none of that name.
const limit_profile* find_limit_profile(std::string_view name);

inline constexpr std::string_view limits_off = "off";

} // namespace iothub::core
