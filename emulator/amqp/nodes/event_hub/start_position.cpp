#include "emulator/amqp/nodes/event_hub/start_position.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>
#include <optional>

#include "emulator/amqp/event_time.hpp"

namespace iothub::amqp {

namespace {

using measure = start_position::measure;

constexpr std::string_view selector_key = "apache.org:selector-filter:string";
constexpr std::string_view annotation = "amqp.annotation.";
constexpr std::size_t max_told_selector = 200;

struct measured_by {
    std::string_view name;
    measure by;
};

constexpr measured_by annotations[] = {
    {"x-opt-offset", measure::offset},
    {"x-opt-sequence-number", measure::sequence_number},
    {"x-opt-enqueued-time", measure::enqueued},
    {"x-opt-enqueuedtimeutc", measure::enqueued},
};

error malformed(std::string_view selector, const std::string& why) {
    return {errc::argument_invalid, "The filter \"" +
                                        std::string(selector.substr(0, max_told_selector)) +
                                        "\" cannot be used: " + why};
}

void skip_spaces(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool take(std::string_view& text, std::string_view expected) {
    skip_spaces(text);
    const bool there = text.starts_with(expected);
    text.remove_prefix(there ? expected.size() : 0);
    return there;
}

std::string_view take_name(std::string_view& text) {
    const std::string_view name = text.substr(0, text.find_first_of(" \t<>='"));
    text.remove_prefix(name.size());
    return name;
}

// What stands between quotes, or without them; nothing where a quote is not closed or more follows.
std::optional<std::string_view> take_literal(std::string_view text) {
    const bool quoted = take(text, "'");
    const auto end = quoted ? text.find('\'') : text.find_last_not_of(" \t") + 1;
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view literal = text.substr(0, end);
    text.remove_prefix(end + (quoted ? 1 : 0));
    skip_spaces(text);
    return text.empty() ? std::optional(literal) : std::nullopt;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

const measured_by* find_annotation(std::string_view name) {
    const auto* found = std::ranges::find(annotations, name, &measured_by::name);
    return found == std::end(annotations) ? nullptr : found;
}

// A selector is a string, described or not.
const std::string* selector_in(const value& what) {
    const auto* both = what.as<std::shared_ptr<const described>>();
    return both && *both ? (*both)->what.text() : what.text();
}

error beyond(std::string_view what, std::int64_t asked, std::int64_t last) {
    return {errc::argument_invalid, "The supplied " + std::string(what) + " '" +
                                        std::to_string(asked) + "' is invalid. The last " +
                                        std::string(what) + " in the system is '" +
                                        std::to_string(last) + "'"};
}

result<std::uint64_t> find_sequence_number(const core::partition_state& state,
                                           const start_position& from) {
    const auto next = static_cast<std::int64_t>(state.next_sequence_number);
    if (from.number >= next + (from.inclusive ? 1 : 0)) {
        return beyond("sequence number", from.number, next - 1);
    }
    return static_cast<std::uint64_t>(from.number) + (from.inclusive ? 0 : 1);
}

result<std::uint64_t> find_offset(const core::event_log& log, std::uint32_t partition,
                                  const start_position& from) {
    const auto next = static_cast<std::int64_t>(log.describe(partition).next_offset);
    if (from.number >= next + (from.inclusive ? 1 : 0)) {
        return beyond("offset", from.number, next - 1);
    }
    const auto first = static_cast<std::uint64_t>(from.number) + (from.inclusive ? 0 : 1);
    return log.find_first(partition, [&](const core::event& e) { return e.offset < first; });
}

std::uint64_t find_time(const core::event_log& log, std::uint32_t partition,
                        const start_position& from) {
    return log.find_first(partition, [&](const core::event& e) {
        const std::int64_t enqueued = event_time(e.enqueued).count;
        return from.inclusive ? enqueued < from.number : enqueued <= from.number;
    });
}

} // namespace

result<start_position> parse_selector(std::string_view selector) {
    std::string_view rest = selector;
    if (!take(rest, annotation)) {
        return malformed(selector, "it does not begin with amqp.annotation.");
    }
    const measured_by* what = find_annotation(take_name(rest));
    if (what == nullptr) {
        return malformed(selector, "it can be about x-opt-offset, x-opt-sequence-number and "
                                   "x-opt-enqueued-time only.");
    }
    if (!take(rest, ">")) {
        return malformed(selector, "the name is not followed by > or >=.");
    }
    const bool inclusive = rest.starts_with("=") && take(rest, "=");
    const auto literal = take_literal(rest);
    if (literal == "@latest") {
        return start_position{measure::latest};
    }
    const auto number = literal ? number_in(*literal) : std::nullopt;
    if (!number) {
        return malformed(selector, "it does not end with a number or '@latest'.");
    }
    return *number < 0 ? start_position{} : start_position{what->by, *number, inclusive};
}

result<start_position> read_start_position(const map& filter) {
    const value* found = find(filter, selector_key);
    if (found == nullptr || found->is_null()) {
        return start_position{};
    }
    const std::string* selector = selector_in(*found);
    if (selector == nullptr) {
        return error{errc::argument_invalid, "The filter " + std::string(selector_key) +
                                                 " is no string, described or not."};
    }
    return parse_selector(*selector);
}

result<std::uint64_t> find_start(const core::event_log& log, std::uint32_t partition,
                                 const start_position& from) {
    switch (from.by) {
    case measure::oldest:
        break;
    case measure::latest:
        return log.describe(partition).next_sequence_number;
    case measure::offset:
        return find_offset(log, partition, from);
    case measure::sequence_number:
        return find_sequence_number(log.describe(partition), from);
    case measure::enqueued:
        return find_time(log, partition, from);
    }
    return log.describe(partition).first_sequence_number;
}

} // namespace iothub::amqp
