#pragma once
// Base64 (RFC 4648 §4, with padding): keys, signatures, etags.

#include <optional>
#include <string>
#include <string_view>

namespace iothub {

std::string base64_encode(std::string_view bytes);

// Nothing where the text is not exactly padded base64: no white space, no other alphabet.
std::optional<std::string> base64_decode(std::string_view text);

} // namespace iothub
