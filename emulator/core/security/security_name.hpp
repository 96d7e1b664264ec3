#pragma once
// The names that a configuration gives to shared access policies and certificate authorities.

#include <algorithm>
#include <cctype>
#include <string_view>

namespace iothub::core {

// 1 to 64 characters of A-Z a-z 0-9 - _ .
inline bool is_security_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    });
}

} // namespace iothub::core
