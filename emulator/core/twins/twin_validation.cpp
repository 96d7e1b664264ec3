#include "emulator/core/twins/twin_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>

#include "common/control_character.hpp"
#include "common/json.hpp"
#include "common/json_merge_patch.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t max_key_bytes = 1024;
constexpr std::size_t max_string_bytes = 4096;
constexpr std::int64_t min_integer = -(std::int64_t{1} << 52);
constexpr std::int64_t max_integer = (std::int64_t{1} << 52) - 1;
constexpr int max_depth = 10;

// More members than a section can hold are removals of nothing; each costs a search.
constexpr std::size_t max_members = 16'384;

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

// A byte with which a control character may begin.
bool may_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\xc2';
}

std::size_t length_without_controls(std::string_view text) {
    if (std::ranges::count_if(text, may_control) == 0) { // all at once: faster than one by one
        return text.size();
    }
    std::size_t length = 0;
    while (!text.empty()) {
        const std::size_t control = control_character(text);
        length += control == 0 ? 1 : 0;
        text.remove_prefix(std::max<std::size_t>(control, 1));
    }
    return length;
}

// U+0085 and U+00A0 … the white space beyond ASCII that .NET's char.IsWhiteSpace knows.
bool has_wide_white_space(std::string_view text) {
    static constexpr std::string_view spaces[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001",
                                                  "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                                  "\u2007", "\u2008", "\u2009", "\u200a", "\u2028",
                                                  "\u2029", "\u202f", "\u205f", "\u3000"};
    return std::ranges::any_of(
        spaces, [text](std::string_view space) { return text.find(space) != text.npos; });
}

bool is_allowed_key(std::string_view key) {
    for (std::string_view rest = key; !rest.empty(); rest.remove_prefix(1)) {
        const char c = rest.front();
        if (c == '.' || c == '$' || c == '#' || c == ' ' || control_character(rest) != 0) {
            return false;
        }
    }
    return !has_wide_white_space(key);
}

class validator {
public:
    explicit validator(std::string_view section)
        : section_(section)
        , path_(section) {}

    // `depth` counts the objects and arrays around the members.
    result<> members(const json& object, int depth) {
        for (const auto& [key, value] : object.items()) {
            if (++members_ > max_members) {
                return invalid(fmt::format("{} has over {} members.", section_, max_members));
            }
            if (key.size() > max_key_bytes) {
                return invalid(fmt::format("A key in {} is longer than 1024 bytes.", path_));
            }
            if (!is_allowed_key(key)) {
                return invalid(
                    fmt::format("The key '{}' in {} is not allowed: a key has no control "
                                "character, white space, '.', '$' or '#'.",
                                printable(key), path_));
            }
            const std::size_t mark = path_.size();
            path_ += "." + key;
            if (const auto checked = any(value, depth); !checked) {
                return checked;
            }
            path_.resize(mark);
        }
        return {};
    }

private:
    result<> any(const json& value, int depth) {
        switch (value.type()) {
        case json::value_t::string:
            return string(value.get_ref<const std::string&>());
        case json::value_t::number_integer:
        case json::value_t::number_unsigned:
            return integer(value);
        case json::value_t::object:
        case json::value_t::array:
            return container(value, depth + 1);
        case json::value_t::null:
            return in_array_ > 0 ? invalid(fmt::format("{} has a null inside an array.", place()))
                                 : result<>{};
        default:
            return {};
        }
    }

    result<> string(const std::string& text) const {
        return text.size() > max_string_bytes
                   ? invalid(fmt::format("{} is longer than 4096 bytes.", place()))
                   : result<>{};
    }

    result<> integer(const json& value) const {
        const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <=
                                                           static_cast<std::uint64_t>(max_integer)
                                                     : value.get<std::int64_t>() >= min_integer &&
                                                           value.get<std::int64_t>() <= max_integer;
        return fits ? result<>{}
                    : invalid(fmt::format("{} is outside -4503599627370496 to 4503599627370495.",
                                          place()));
    }

    result<> container(const json& value, int depth) {
        if (depth > max_depth) {
            return invalid(fmt::format("{} nests deeper than 10 levels.", place()));
        }
        if (value.is_object()) {
            return members(value, depth);
        }
        ++in_array_;
        for (const json& element : value) {
            if (const auto checked = any(element, depth); !checked) {
                return checked;
            }
        }
        --in_array_;
        return {};
    }

    // The place of the value that is being looked at, short enough for a message.
    std::string place() const {
        std::size_t shown = std::min<std::size_t>(path_.size(), 256);
        while (shown < path_.size() && (static_cast<unsigned char>(path_[shown]) & 0xc0) == 0x80) {
            --shown; // never in the middle of a character
        }
        return printable(path_.substr(0, shown) + (shown < path_.size() ? "…" : ""));
    }

    static std::string printable(std::string text) {
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == ';'; }, ' ');
        return text;
    }

    std::string_view section_;
    std::string path_;
    std::size_t members_ = 0;
    int in_array_ = 0;
};

std::size_t value_size(const json& value) {
    switch (value.type()) {
    case json::value_t::string:
        return length_without_controls(value.get_ref<const std::string&>());
    case json::value_t::boolean:
        return 4;
    case json::value_t::object:
    case json::value_t::array:
        return section_size(value);
    default:
        return 8;
    }
}

} // namespace

result<> validate_section(std::string_view name, const json& section) {
    if (!section.is_object()) {
        return invalid(fmt::format("{} must be a JSON object.", name));
    }
    return validator(name).members(section, 0);
}

std::size_t section_size(const json& section) {
    std::size_t size = 0;
    for (auto member = section.begin(); member != section.end(); ++member) {
        if (member->is_null()) {
            continue;
        }
        size += (section.is_object() ? member.key().size() : 0) + value_size(*member);
    }
    return size;
}

result<> check_size(std::string_view name, const json& before, const json& after,
                    std::size_t limit) {
    const std::size_t size = section_size(after);
    if (size > limit && size > section_size(before)) {
        return invalid(fmt::format("{} would be {} bytes large, and at most {} are allowed.", name,
                                   size, limit));
    }
    return {};
}

result<> check_merged_size(std::string_view name, const json& before, const json& patch,
                           std::size_t limit) {
    if (section_size(before) + section_size(patch) <= limit) {
        return {};
    }
    json after = before;
    merge_patch(after, patch);
    return check_size(name, before, after, limit);
}

} // namespace iothub::core
