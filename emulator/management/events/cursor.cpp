#include "emulator/management/events/cursor.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "emulator/core/messaging/event_log.hpp"

namespace iothub::management {

namespace {

error not_a_cursor() {
    return {errc::argument_invalid,
            "after: must be \"oldest\", \"now\" or the `next` of an earlier answer."};
}

// Takes the number and, where another one follows, the dot behind it.
std::optional<std::uint64_t> take_number(std::string_view& text, bool is_last) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    text.remove_prefix(length);
    if (failure != std::errc() || (is_last ? !text.empty() : !text.starts_with('.'))) {
        return std::nullopt;
    }
    text.remove_prefix(is_last ? 0 : 1);
    return number;
}

} // namespace

event_cursor event_cursor::oldest(const core::event_log& log) {
    return event_cursor(log.partitions());
}

event_cursor event_cursor::newest(const core::event_log& log) {
    return before_newest(log, 0);
}

event_cursor event_cursor::before_newest(const core::event_log& log, std::uint64_t count) {
    event_cursor here(log.partitions());
    for (std::uint32_t i = 0; i < log.partitions(); ++i) {
        const std::uint64_t next = log.describe(i).next_sequence_number;
        here.move(i, next - std::min(next, count));
    }
    return here;
}

result<event_cursor> event_cursor::parse(std::string_view text, const core::event_log& log) {
    if (text == "oldest") {
        return oldest(log);
    }
    if (text == "now") {
        return newest(log);
    }
    event_cursor read(log.partitions());
    for (std::uint32_t i = 0; i < log.partitions(); ++i) {
        const auto number = take_number(text, i + 1 == log.partitions());
        if (!number) {
            return not_a_cursor();
        }
        if (*number > log.describe(i).next_sequence_number) {
            return error{errc::argument_invalid,
                         "after: is a place in the telemetry of another hub, or of this one before "
                         "it lost what it had in memory."};
        }
        read.move(i, *number);
    }
    return read;
}

std::string event_cursor::text() const {
    std::string all;
    for (const std::uint64_t number : next_) {
        all.append(all.empty() ? "" : ".").append(std::to_string(number));
    }
    return all;
}

} // namespace iothub::management
