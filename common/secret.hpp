#pragma once
// The two primitives that keys need: HMAC-SHA256 and a comparison that takes the same time
// whatever differs.

#include <string>
#include <string_view>

namespace iothub {

// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view data);

bool equal_in_constant_time(std::string_view a, std::string_view b);

} // namespace iothub
