#pragma once
// Percent-encoding (RFC 3986 §2.1) as the hub and its SDKs use it: `+` is never a space.

#include <optional>
#include <string>
#include <string_view>

namespace iothub {

// Everything but A-Z a-z 0-9 - _ . ~ and what is in `also_kept` is written as %XX with upper-case
// digits (encodeURIComponent).
std::string percent_encode(std::string_view text, std::string_view also_kept = {});

// Nothing where a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

// Leaves a malformed % as it stands: the C SDK sends topics that it has not encoded
// (device protocol §1.4.1).
std::string percent_decode_leniently(std::string_view text);

} // namespace iothub
