#include "client/src/session/retry_backoff.hpp"

#include <algorithm>
#include <utility>

namespace iothub::client {

namespace {

// A hub that accepts and then drops the client at once must not be asked four times a second.
constexpr std::chrono::seconds stable_after{10};
constexpr int max_doublings = 20;

} // namespace

retry_backoff::retry_backoff(const retry_policy& policy, std::function<double()> random)
    : policy_(policy)
    , random_(std::move(random)) {}

std::optional<retry_backoff::time_point> retry_backoff::failed(time_point now) {
    if (connected_at_ && now - *connected_at_ >= stable_after) {
        failures_ = 0;
    }
    connected_at_.reset();
    const time_point since = disconnected_since_.value_or(now);
    disconnected_since_ = since;
    const time_point next = now + next_delay();
    if (policy_.max_duration.count() > 0 && next - since > policy_.max_duration) {
        return std::nullopt;
    }
    return next;
}

void retry_backoff::connected(time_point now) {
    connected_at_ = now;
    disconnected_since_.reset();
}

void retry_backoff::restart() {
    failures_ = 0;
    connected_at_.reset();
    disconnected_since_.reset();
}

std::chrono::milliseconds retry_backoff::next_delay() {
    const int doublings = std::min(failures_++, max_doublings);
    const double doubled =
        static_cast<double>(policy_.initial_delay.count()) * static_cast<double>(1 << doublings);
    const double longest = std::min(doubled, static_cast<double>(policy_.max_delay.count()));
    return std::chrono::milliseconds(static_cast<long long>(longest * (1.0 - random_() / 2)));
}

} // namespace iothub::client
