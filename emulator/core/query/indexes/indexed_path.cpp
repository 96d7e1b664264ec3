#include "emulator/core/query/indexes/indexed_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "emulator/core/query/json_path.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core::query {

namespace {

using names = std::span<const std::string>;

constexpr std::string_view devices = "devices ";
constexpr std::string_view modules = "modules ";

constexpr std::size_t max_name_length = 300;
constexpr std::size_t max_text_of_value = 128;

struct section {
    std::string_view name;
    const json& (*values)(const twin&);
};

constexpr std::array sections{
    section{"tags.", [](const twin& t) -> const json& { return t.tags; }},
    section{"properties.desired.", [](const twin& t) -> const json& { return t.desired.values; }},
    section{"properties.reported.", [](const twin& t) -> const json& { return t.reported.values; }},
};

// The name of a member can be part of an index's name: it has no dot, space, $ or control character
// (service API §3.5), and what has one is no member's name.
bool is_member_name(const std::string& name) {
    return std::ranges::none_of(name, [](char c) {
        return c == '.' || c == ' ' || c == '$' || static_cast<unsigned char>(c) < ' ' || c == 0x7f;
    });
}

std::string joined(names segments) {
    std::string text;
    for (const std::string& segment : segments) {
        text.append(text.empty() ? "" : ".").append(segment);
    }
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> segments;
    for (std::size_t dot = text.find('.'); dot != text.npos; dot = text.find('.')) {
        segments.emplace_back(text.substr(0, dot));
        text.remove_prefix(dot + 1);
    }
    segments.emplace_back(text);
    return segments;
}

} // namespace

std::optional<std::string> index_name(bool of_modules, const path& of) {
    const std::string text = joined(of.segments);
    const auto section = std::ranges::find_if(sections, [&](const auto& s) {
        return starts_with_ignoring_case(text, s.name) && text.size() > s.name.size();
    });
    if (section == sections.end() || text.size() > max_name_length ||
        !std::ranges::all_of(of.segments, is_member_name)) {
        return std::nullopt;
    }
    return std::string(of_modules ? modules : devices)
        .append(section->name)
        .append(text, section->name.size());
}

bool is_index_of_modules(std::string_view index) {
    return index.starts_with(modules);
}

std::optional<std::string> indexed_value(std::string_view index, const twin& of) {
    index.remove_prefix(std::min(index.size(), devices.size()));
    for (const section& s : sections) {
        if (index.starts_with(s.name)) {
            const json* found = follow(s.values(of), split(index.substr(s.name.size())));
            return found == nullptr ? std::nullopt : encoded_value(*found);
        }
    }
    return std::nullopt;
}

std::optional<std::string> encoded_value(const json& value) {
    if (value.is_string()) {
        return 's' + value.get_ref<const std::string&>().substr(0, max_text_of_value);
    }
    if (value.is_number()) {
        return fmt::format("n{}", value.get<double>() + 0.0); // not -0
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "true" : "false";
    }
    return std::nullopt;
}

} // namespace iothub::core::query
