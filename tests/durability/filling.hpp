#pragma once
// Text that shows whether it is whole: its length and its letters follow from a number.

#include <cstdint>
#include <string>

namespace iothub::durability {

// 1 to `longest` characters.
inline std::string filling(std::int64_t number, std::int64_t longest) {
    const auto size = static_cast<std::size_t>(1 + number * 7919 % longest);
    return std::string(size, static_cast<char>('a' + number % 26));
}

} // namespace iothub::durability
