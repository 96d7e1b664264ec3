#pragma once
// Reading JSON that comes from outside: bounded in depth and number of values, linear in its size,
// and with the place of a mistake in the error. RFC 8259; of members with one name, the last wins.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub {

struct json_limits {
    std::size_t depth = 64;
    std::size_t values = 262'144;
    bool comments = false; // let // and /* */ pass
};

// argument_invalid with a message such as "… at line 3, column 7: …" where the text is not JSON or
// goes beyond the limits.
result<json> parse_json(std::string_view text, json_limits limits = {});

// Compact text; invalid UTF-8 cannot occur in what parse_json read.
std::string to_text(const json& value);

} // namespace iothub
