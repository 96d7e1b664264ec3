#pragma once
// Direct methods over REST (service API §1.3 rows 20, 21; rows M01, M02). The request waits for the
// device's answer, or for its time to be over.

#include <memory>

#include "emulator/core/methods/method_service.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

void invoke_method(std::shared_ptr<call> c);

// Calls the identity that the path names, and replies with what `description` makes of its answer;
// or with the errors of a direct method (§1.5).
using answer_description = http_codec::response (*)(const core::method_answer&);
void call_device(std::shared_ptr<call> c, core::method_request request,
                 answer_description description);

} // namespace iothub::http::api
