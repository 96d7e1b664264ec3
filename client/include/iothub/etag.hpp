#pragma once
// The version of what a service keeps, as a condition for changing it.

#include <string_view>

namespace iothub {

// The condition that is always met: change whatever is there.
inline constexpr std::string_view any_etag = "*";

} // namespace iothub
