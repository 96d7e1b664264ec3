#pragma once
// How large a request's body may be (service API §1.5): a call on many identities holds up to 100
// of them with their twins. Given to the codec by session, which knows the target before the body.

#include <cstddef>
#include <string_view>

namespace iothub::http {

inline constexpr std::size_t usual_body_limit = 1024 * 1024;
inline constexpr std::size_t bulk_body_limit =
    4 * 1024 * 1024; // of /devices and of /jobs and below

std::size_t body_limit_of(std::string_view target);

} // namespace iothub::http
