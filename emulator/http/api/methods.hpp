#pragma once
// Direct methods over REST (service API §1.3 rows 20, 21; rows M01, M02). The request waits for the
// device's answer, or for its time to be over.

#include <memory>

namespace iothub::http {
class call;
}

namespace iothub::http::api {

void invoke_method(std::shared_ptr<call> c);

} // namespace iothub::http::api
