#include "emulator/core/digital_twins/patch_operation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "common/json.hpp"
#include "emulator/core/digital_twins/conventions.hpp"

namespace iothub::core::digital_twins {

namespace {

constexpr std::size_t longest_path = 256;
constexpr std::size_t longest_shown = 100;
constexpr int most_levels = 5;

// What a client wrote, fit for a message.
std::string shown(std::string_view text) {
    std::string fit;
    for (const char c : text.substr(0, longest_shown)) {
        fit += c >= ' ' && c < '\x7f' && c != ';' ? c : '?';
    }
    return fit;
}

error malformed(std::size_t index, std::string_view rule) {
    return {errc::invalid_digital_twin_json_patch, fmt::format("Operation {}: {}", index, rule)};
}

error bad_path(std::string_view path, std::string_view rule) {
    return {errc::invalid_digital_twin_patch_path,
            fmt::format("The path '{}' {}", shown(path), rule)};
}

error bad_value(std::string_view place, std::string_view rule) {
    return {errc::invalid_digital_twin_payload,
            fmt::format("The value of '{}' {}", shown(place), rule)};
}

result<std::string> text_member(const json& document, const char* name, std::size_t index) {
    const auto found = document.find(name);
    if (found == document.end() || !found->is_string()) {
        return malformed(index, fmt::format("'{}' is missing or is no string.", name));
    }
    return found->get<std::string>();
}

// The names in a JSON pointer (RFC 6901), decoded.
result<std::vector<std::string>> names_in(const std::string& path) {
    if (path.size() > longest_path) {
        return bad_path(path, "is too long.");
    }
    if (!path.starts_with('/')) {
        return bad_path(path, "does not begin with a slash.");
    }
    std::vector<std::string> names;
    try {
        for (json::json_pointer rest(path); !rest.empty(); rest.pop_back()) {
            names.push_back(rest.back());
        }
    } catch (const json::exception&) {
        return bad_path(path, "has a ~ that is neither ~0 nor ~1.");
    }
    std::ranges::reverse(names);
    return names;
}

result<> read_path(const std::string& path, patch_operation& into) {
    auto names = names_in(path);
    if (!names) {
        return names.error();
    }
    if (names->size() > 2) {
        return bad_path(path, "is neither /property, /component nor /component/property.");
    }
    if (!std::ranges::all_of(*names, is_name)) {
        return bad_path(path, "has a name that is none in DTDL: 1 to 64 of A-Z, a-z, 0-9 and _, "
                              "which does not begin with a digit or _, nor end with _.");
    }
    into.name = std::move(names->back());
    into.component = names->size() == 2 ? std::move(names->front()) : "";
    return {};
}

// `levels` are the objects around the value, in the property.
result<> check_value(const json& value, const std::string& place, int levels) {
    if (value.is_null() || value.is_array()) {
        return bad_value(place, value.is_null() ? "holds a null." : "holds an array.");
    }
    if (!value.is_object()) {
        return {};
    }
    if (levels == most_levels) {
        return bad_value(place, "nests deeper than five levels.");
    }
    for (const auto& [name, member] : value.items()) {
        if (!is_name(name)) {
            return bad_value(place, "has a name that is none in DTDL.");
        }
        if (auto checked = check_value(member, place, levels + 1); !checked) {
            return checked;
        }
    }
    return {};
}

result<> read_component(const json& value, patch_operation& into) {
    if (value.at("$metadata") != json::object()) {
        return bad_value(into.name, "is a component, and its $metadata must be {}.");
    }
    into.whole_component = true;
    for (const auto& [name, property] : value.items()) {
        if (name == "$metadata") {
            continue;
        }
        if (!is_name(name)) {
            return bad_value(into.name, "has a name that is none in DTDL.");
        }
        if (auto checked = check_value(property, into.name, 0); !checked) {
            return checked;
        }
    }
    return {};
}

result<> read_value(const json& value, patch_operation& into) {
    into.value = &value;
    if (into.component.empty() && value.is_object() && value.contains("$metadata")) {
        return read_component(value, into);
    }
    return check_value(value, into.place(), 0);
}

} // namespace

result<patch_operation> read_patch_operation(const json& document, std::size_t index) {
    if (!document.is_object()) {
        return malformed(index, "it must be a JSON object.");
    }
    const auto op = text_member(document, "op", index);
    const auto path = text_member(document, "path", index);
    if (!op || !path) {
        return op ? path.error() : op.error();
    }
    if (*op != "add" && *op != "replace" && *op != "remove") {
        return malformed(index, "'op' must be add, replace or remove.");
    }
    patch_operation read;
    if (const auto known = read_path(*path, read); !known) {
        return known.error();
    }
    if (*op == "remove") {
        return read;
    }
    const auto value = document.find("value");
    if (value == document.end()) {
        return malformed(index, "'value' is missing.");
    }
    if (const auto taken = read_value(*value, read); !taken) {
        return taken.error();
    }
    return read;
}

} // namespace iothub::core::digital_twins
