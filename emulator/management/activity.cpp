#include "emulator/management/activity.hpp"

#include <algorithm>

#include "common/redaction.hpp"
#include "emulator/core/clock.hpp"

namespace iothub::management {

activity::activity(iothub::log& next, const core::clock& clock)
    : next_(next)
    , clock_(clock)
    , watched_until_(clock.now()) {}

void activity::write(log_level level, std::string_view component, std::string_view text) {
    if (next_.wants(level)) {
        next_.write(level, component, text);
    }
    if (!keeps(level)) {
        return;
    }
    lines_.push_back({++number_, clock_.now(), level, std::string(component),
                      redacted(text.substr(0, max_text))});
    if (lines_.size() > max_lines) {
        lines_.pop_front();
    }
}

bool activity::wants(log_level level) const {
    return keeps(level) || next_.wants(level);
}

void activity::watched() {
    watched_until_ = clock_.now() + attention;
}

std::vector<activity_line> activity::after(std::uint64_t number, std::size_t limit) const {
    const auto first = std::ranges::find_if(
        lines_, [number](const activity_line& line) { return line.number > number; });
    const auto count = static_cast<std::size_t>(lines_.end() - first);
    return {lines_.end() - static_cast<std::ptrdiff_t>(std::min(count, limit)), lines_.end()};
}

bool activity::keeps(log_level level) const {
    return level >= log_level::info || (level == log_level::debug && clock_.now() < watched_until_);
}

} // namespace iothub::management
