#pragma once
// The queues of cloud-to-device messages over REST (service API §1.3 row 7; row C05). Sending has
// no REST form; feedback is in api/feedback.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

// PurgeMessageQueueResult (§1.5).
result<http_codec::response> purge_queue(call& c);

} // namespace iothub::http::api
