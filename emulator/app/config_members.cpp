#include "emulator/app/config_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "common/json.hpp"

namespace iothub::app {

namespace {

constexpr std::size_t max_shown = 64;
constexpr std::size_t max_typing_errors = 3;

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = std::exchange(row[j + 1], std::min({changed, row[j] + 1, row[j + 1] + 1}));
        }
    }
    return row.back();
}

// The known key that was likely meant; empty where none resembles it: a few errors, and fewer than
// half of what was typed.
std::string nearest_key(std::string_view unknown, std::span<const std::string_view> known) {
    const auto distance = [unknown](std::string_view key) { return edit_distance(key, unknown); };
    const auto nearest = std::ranges::min_element(known, {}, distance);
    if (nearest == known.end()) {
        return {};
    }
    const std::size_t errors = distance(*nearest);
    return errors <= max_typing_errors && 2 * errors < unknown.size() ? std::string(*nearest) : "";
}

// Short enough for a message, and on one line.
std::string shown(std::string_view key) {
    std::string text(key.substr(0, max_shown));
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

fault unknown_member(std::string_view key, std::span<const std::string_view> known) {
    fault f(nearest_key(key.substr(0, max_shown), known), shown(key));
    f.unknown_key = true;
    return f;
}

} // namespace

fault within(std::string_view place, fault f) {
    if (!f.empty()) {
        const bool member_of_it = !f.place.empty() && !f.place.starts_with('[');
        f.place = fmt::format("{}{}{}", place, member_of_it ? "." : "", f.place);
    }
    return f;
}

std::string sentence(const fault& f) {
    if (!f.unknown_key) {
        return fmt::format("\"{}\" {}", f.place, f.rule);
    }
    const std::string meant = f.rule.empty() ? "" : fmt::format("; did you mean \"{}\"?", f.rule);
    return fmt::format("unknown key \"{}\"{}", f.place, meant);
}

fault read_text(const json& value, std::string& target) {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
        return "must be a text that is not empty";
    }
    target = value.get<std::string>();
    return {};
}

fault read_flag(const json& value, bool& target) {
    if (!value.is_boolean()) {
        return "must be true or false";
    }
    target = value.get<bool>();
    return {};
}

fault read_object(const json& object, std::span<const std::string_view> known,
                  const std::function<fault(std::size_t index, const json& value)>& read) {
    if (!object.is_object()) {
        return "must be a JSON object";
    }
    for (const auto& [key, value] : object.items()) {
        const auto found = std::ranges::find(known, std::string_view(key));
        if (found == known.end()) {
            return unknown_member(key, known);
        }
        const auto index = static_cast<std::size_t>(found - known.begin());
        if (fault f = within(key, read(index, value)); !f.empty()) {
            return f;
        }
    }
    return {};
}

fault read_elements(const json& array,
                    const std::function<fault(std::size_t index, const json& value)>& read) {
    if (!array.is_array()) {
        return "must be a JSON array";
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (fault f = within(fmt::format("[{}]", i), read(i, array[i])); !f.empty()) {
            return f;
        }
    }
    return {};
}

} // namespace iothub::app
