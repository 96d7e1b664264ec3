#pragma once
// Well-formed UTF-8 (Unicode, table 3-7), as MQTT and AMQP ask it of their strings.

#include <string_view>

namespace iothub {

// False for overlong forms, surrogates and what lies beyond U+10FFFF. U+0000 is well formed.
bool is_utf8(std::string_view bytes);

} // namespace iothub
