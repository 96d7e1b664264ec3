#pragma once
// Feedback on cloud-to-device messages over HTTPS (service API §1.3 rows 41–43, §1.5; row C04): a
// batch of records is received, and completed or abandoned by its lock.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> receive_feedback(call& c); // 204 where none waits
result<http_codec::response> complete_feedback(call& c);
result<http_codec::response> abandon_feedback(call& c);

} // namespace iothub::http::api
