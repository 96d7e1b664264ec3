#include "emulator/http_codec/fields.hpp"

#include <algorithm>

#include "common/letter_case.hpp"

namespace iothub::http_codec {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

const std::string* fields::find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        list_, [name](const field& f) { return equal_ignoring_case(f.name, name); });
    return found == list_.end() ? nullptr : &found->value;
}

std::size_t fields::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        list_, [name](const field& f) { return equal_ignoring_case(f.name, name); }));
}

} // namespace iothub::http_codec
