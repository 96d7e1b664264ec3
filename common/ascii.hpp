#pragma once
// Text of ASCII alone, as a symbol of AMQP has to be (OASIS AMQP 1.0, part 1 §1.6.21).

#include <string>
#include <string_view>

namespace iothub {

bool is_ascii(std::string_view text);

// With a question mark for each byte that is none.
std::string to_ascii(std::string_view text);

} // namespace iothub
