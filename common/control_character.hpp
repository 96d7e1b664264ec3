#pragma once
// Control characters of UTF-8 text: C0, DEL and C1. Logs escape them (common/redaction), and twins
// neither take them in keys nor count them in strings (service API §3.5).

#include <cstddef>
#include <string_view>

namespace iothub {

// The length in bytes of the control character at the front of `text`, or 0; `text` is not empty.
constexpr std::size_t control_character(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x20 || first == 0x7f) {
        return 1;
    }
    const auto second = static_cast<unsigned char>(text.size() > 1 ? text[1] : '\0');
    return first == 0xc2 && second >= 0x80 && second < 0xa0 ? 2 : 0;
}

constexpr bool has_control_character(std::string_view text) {
    for (; !text.empty(); text.remove_prefix(1)) {
        if (control_character(text) != 0) {
            return true;
        }
    }
    return false;
}

} // namespace iothub
