#include "emulator/core/limits/limiter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "emulator/core/clock.hpp"
#include "emulator/core/counters.hpp"

namespace iothub::core {

namespace {

timestamp day_of(timestamp time) {
    return std::chrono::floor<std::chrono::days>(time);
}

} // namespace

limiter::limiter(const core::clock& clock, counters& count)
    : clock_(clock)
    , count_(count)
    , profile_(find_limit_profile(limits_off)) {}

void limiter::use(const limit_profile& profile) {
    profile_ = &profile;
    buckets_ = {};
}

result<> limiter::charge(operation what, std::size_t amount) {
    if (admits(what, amount)) {
        return {};
    }
    return throttled(what);
}

bool limiter::admits(operation what, std::size_t amount) {
    if (!profile_->throttles || what == operation::none) {
        return true;
    }
    const auto on = static_cast<std::size_t>(meter_of(what));
    return buckets_[on].take(static_cast<double>(amount), profile_->rates[on], clock_.now());
}

result<> limiter::charge(operation what, const messages& sent) {
    begin_day();
    if (profile_->throttles && units_ + sent.units > profile_->messages_per_day) {
        return over_quota(what, sent.units);
    }
    if (!admits(what, sent.count)) {
        return throttled(what);
    }
    units_ += sent.units;
    return {};
}

std::uint64_t limiter::units_of(std::size_t bytes) const {
    return std::max<std::uint64_t>(1,
                                   (bytes + profile_->message_unit - 1) / profile_->message_unit);
}

std::uint64_t limiter::units_today() const {
    return day_ == day_of(clock_.now()) ? units_ : 0;
}

void limiter::begin_day() {
    if (const timestamp today = day_of(clock_.now()); today != day_) {
        day_ = today;
        units_ = 0;
    }
}

error limiter::throttled(operation what) {
    ++count_.throttled;
    ++refused_[static_cast<std::size_t>(what)];
    return {errc::throttling_backlog_timeout,
            fmt::format("The request has been throttled. Wait 10 seconds and try again. "
                        "Operation type: {}",
                        operation_name(what)),
            fmt::format("throttled, as tier {} would: {}", profile_->name, operation_name(what))};
}

error limiter::over_quota(operation what, std::uint64_t units) {
    ++count_.over_quota;
    ++refused_[static_cast<std::size_t>(what)];
    return {errc::quota_exceeded,
            fmt::format("Total number of messages on IotHub exceeded the allocated quota. Max "
                        "allowed message count: '{}', current message count: '{}'. Sending is "
                        "blocked until the next UTC day.",
                        profile_->messages_per_day, units_ + units),
            fmt::format("the messages of a day in tier {} are used up", profile_->name)};
}

} // namespace iothub::core
