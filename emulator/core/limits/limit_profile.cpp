#include "emulator/core/limits/limit_profile.hpp"

#include <algorithm>

namespace iothub::core {

namespace {

// The service queues for a while before it refuses: 250 reads of the registry within 10 s, where
// 100 a minute are allowed, all succeeded. Here, what is queued there passes at once.
constexpr rate per_minute(double count) {
    return {count / 60, 3 * count};
}
constexpr rate per_second(double count) {
    return {count, 5 * count};
}

using rates = std::array<rate, meter_count>;

constexpr rates free_and_s1{
    per_minute(100),  // registry
    per_second(100),  // twin reads
    per_second(50),   // twin updates
    per_minute(20),   // queries
    per_second(40),   // methods: 160 KB
    per_minute(100),  // C2D sends
    per_minute(1000), // C2D receives
    per_minute(100),  // jobs
    per_minute(20),   // configurations
    per_second(100),  // D2C sends
    per_second(100),  // connections
    per_minute(100),  // file uploads
};

constexpr rates s2{
    per_minute(100),  // registry
    per_second(100),  // twin reads
    per_second(50),   // twin updates
    per_minute(20),   // queries
    per_second(120),  // methods: 480 KB
    per_minute(100),  // C2D sends
    per_minute(1000), // C2D receives
    per_minute(100),  // jobs
    per_minute(20),   // configurations
    per_second(120),  // D2C sends
    per_second(120),  // connections
    per_minute(100),  // file uploads
};

constexpr rates s3{
    per_minute(5000),  // registry
    per_second(500),   // twin reads
    per_second(250),   // twin updates
    per_minute(1000),  // queries
    per_second(6144),  // methods: 24 MB
    per_minute(5000),  // C2D sends
    per_minute(50000), // C2D receives
    per_minute(5000),  // jobs
    per_minute(20),    // configurations
    per_second(6000),  // D2C sends
    per_second(6000),  // connections
    per_minute(5000),  // file uploads
};

constexpr std::size_t whole_hub = 1'000'000; // devices

constexpr std::array profiles{
    limit_profile{limits_off, false, {}, 0, 4096, whole_hub, 10, 100},
    limit_profile{"F1", true, free_and_s1, 8'000, 512, 500, 1, 10},
    limit_profile{"S1", true, free_and_s1, 400'000, 4096, whole_hub, 1, 100},
    limit_profile{"S2", true, s2, 6'000'000, 4096, whole_hub, 5, 100},
    limit_profile{"S3", true, s3, 300'000'000, 4096, whole_hub, 10, 100},
};

} // namespace

std::span<const limit_profile> limit_profiles() {
    return profiles;
}

const limit_profile* find_limit_profile(std::string_view name) {
    const auto* found = std::ranges::find(profiles, name, &limit_profile::name);
    return found == profiles.end() ? nullptr : found;
}

} // namespace iothub::core
