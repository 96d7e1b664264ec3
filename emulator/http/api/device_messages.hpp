#pragma once
// What a device or module sends and receives over HTTPS (device protocol §3): telemetry, single or
// in a batch, and cloud-to-device messages with their locks.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> send_events(call& c);
result<http_codec::response> receive_message(call& c); // 204 where none waits
result<http_codec::response> complete_or_reject_message(call& c);
result<http_codec::response> abandon_message(call& c);

} // namespace iothub::http::api
