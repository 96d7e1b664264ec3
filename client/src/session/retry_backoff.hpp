#pragma once
// When to try again: exponential backoff with jitter (see retry_policy), and when to give up. Asked
// by hub_session; knows no clock.

#include <chrono>
#include <functional>
#include <optional>

#include "iothub/client_options.hpp"

namespace iothub::client {

class retry_backoff {
public:
    using time_point = std::chrono::steady_clock::time_point;

    // `random` gives numbers from 0 to below 1.
    retry_backoff(const retry_policy& policy, std::function<double()> random);

    // An attempt failed, or a connection was lost. When to try again; nothing where
    // retry_policy::max_duration is over.
    std::optional<time_point> failed(time_point now);

    void connected(time_point now);

    // Forgets everything that was; for open().
    void restart();

private:
    std::chrono::milliseconds next_delay();

    retry_policy policy_;
    std::function<double()> random_;
    int failures_ = 0;
    std::optional<time_point> connected_at_;
    std::optional<time_point> disconnected_since_;
};

} // namespace iothub::client
