#pragma once
// File upload by a device or module (device protocol §3, "File upload"): it asks for a place, and
// tells in the end how it went.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> begin_upload(call& c);

// The correlation id stands in the path or in the body.
result<http_codec::response> finish_upload(call& c);

} // namespace iothub::http::api
