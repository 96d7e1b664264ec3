#pragma once
// What supervisors and people ask of the management port: is the hub well, what has it done, which
// certificate is to be trusted. Listed in routes.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::management {

class call;

result<http_codec::response> health(call& c);
result<http_codec::response> ready(call& c);
result<http_codec::response> metrics(call& c);
result<http_codec::response> ca_certificate(call& c);

// The page for people, and its parts: "/" and "/page/…".
result<http_codec::response> page_file(call& c);

} // namespace iothub::management
