#pragma once
// Refuses what goes beyond the limits of a tier (service API §8, §4.1; row L02): operations that
// come too fast, and messages beyond the day's quota. Nothing is limited until a profile is chosen;
// what was counted does not outlast the hub. Charged by http's dispatch, by transports and the hub.

#include <array>
#include <cstddef>
#include <cstdint>

#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/limits/limit_profile.hpp"
#include "emulator/core/limits/operation.hpp"
#include "emulator/core/limits/token_bucket.hpp"

namespace iothub::core {

class clock;
struct counters;

class limiter {
public:
    limiter(const core::clock& clock, counters& count);

    // One of limit_profiles(). Everything may come at once again; the day's messages stay counted.
    void use(const limit_profile& profile);
    const limit_profile& profile() const { return *profile_; }

    // `amount` operations at once, or none of them: throttling_backlog_timeout.
    result<> charge(operation what, std::size_t amount = 1);

    // Messages that are sent, either way, all or none: as charge(), and quota_exceeded
    // beyond what a day allows (UTC).
    struct messages {
        std::size_t count = 1;
        std::uint64_t units = 1; // sum of units_of()
    };
    result<> charge(operation what, const messages& sent);
    std::uint64_t units_of(std::size_t bytes) const;

    // For the management API: units sent today, and operations refused since the hub started.
    std::uint64_t units_today() const;
    std::uint64_t refused(operation what) const { return refused_[static_cast<std::size_t>(what)]; }

private:
    bool admits(operation what, std::size_t amount);
    void begin_day();
    error throttled(operation what);
    error over_quota(operation what, std::uint64_t units);

    const core::clock& clock_;
    counters& count_;
    const limit_profile* profile_;
    std::array<token_bucket, meter_count> buckets_;
    timestamp day_ = never; // its beginning
    std::uint64_t units_ = 0;
    std::array<std::uint64_t, operation_count> refused_{};
};

} // namespace iothub::core
