#pragma once
// The pages of the management port: /health, /ready, /metrics, /ca.pem, /api/connection-strings.

#include "emulator/http_codec/request.hpp"
#include "emulator/http_codec/response.hpp"
#include "emulator/management/surroundings.hpp"

namespace iothub::management {

// 403 for a foreign Host or Origin, 404 for an unknown page, 405 for any method but GET and HEAD,
// 500 where the hub cannot say. Errors are JSON: {"error":"…"}.
http_codec::response show(const http_codec::request& asked, const surroundings& around);

// {"error":"…"}, as every refusal of this port.
http_codec::response refusal_response(const http_codec::refusal& why, timestamp now);

} // namespace iothub::management
