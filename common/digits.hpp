#pragma once
// Numbers of a fixed width, as times are made of: timestamp.cpp and http_codec write them often.

#include <cstddef>
#include <cstdint>
#include <string>

namespace iothub {

// Appends the last `width` decimal digits of a number that is not negative: (7, 2) gives "07".
inline void append_digits(std::string& text, std::int64_t number, std::size_t width) {
    text.append(width, '0');
    for (std::size_t at = text.size(); width > 0; --width, number /= 10) {
        text[--at] = static_cast<char>('0' + number % 10);
    }
}

} // namespace iothub
