#include "common/ascii.hpp"

#include <algorithm>

namespace iothub {

namespace {

bool is_foreign(char c) {
    return static_cast<unsigned char>(c) > 127;
}

} // namespace

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, is_foreign);
}

std::string to_ascii(std::string_view text) {
    std::string made(text);
    std::ranges::replace_if(made, is_foreign, '?');
    return made;
}

} // namespace iothub
