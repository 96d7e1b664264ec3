#pragma once
// What happened lately, for the page: the last lines of the hub's log, whatever the level of the
// log on standard error. Stands between the hub and its log; made by app.

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "common/log.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {
class clock;
}

namespace iothub::management {

struct activity_line {
    std::uint64_t number = 0; // from 1
    timestamp time;
    log_level level;
    std::string component;
    std::string text; // redacted, and cut where it is long
};

class activity final : public iothub::log {
public:
    static constexpr std::size_t max_lines = 1'000;
    static constexpr std::size_t max_text = 1'000;
    // So long after somebody looked, lines of the level debug are made and kept too.
    static constexpr std::chrono::seconds attention{15};

    // Both outlive it.
    activity(iothub::log& next, const core::clock& clock);

    void write(log_level level, std::string_view component, std::string_view text) override;
    bool wants(log_level level) const override;

    // Somebody looks.
    void watched();

    // The newest `limit` of the lines behind `number`, the oldest first.
    std::vector<activity_line> after(std::uint64_t number, std::size_t limit) const;
    std::uint64_t newest() const { return number_; }

private:
    bool keeps(log_level level) const;

    iothub::log& next_;
    const core::clock& clock_;
    timestamp watched_until_;
    std::deque<activity_line> lines_;
    std::uint64_t number_ = 0;
};

} // namespace iothub::management
