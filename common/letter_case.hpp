#pragma once
// Comparing words whose ASCII letters have two cases: the names of header fields, of connection
// string parts, of hosts. All other bytes have one.

#include <string>
#include <string_view>

namespace iothub {

constexpr char lower_case(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower_case(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

} // namespace iothub
