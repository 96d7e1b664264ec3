#pragma once
// Digital twins over REST (service API §1.3 rows 37–40, §1.5; rows P01–P03): the device's twin by
// the conventions of IoT Plug and Play, and its commands, which are direct methods.

#include <memory>

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> get_digital_twin(call& c);
result<http_codec::response> patch_digital_twin(call& c); // 202 with ETag and Location

// Of the root, and of a component where the path names one. The device's payload is the body, its
// status a header.
void invoke_command(std::shared_ptr<call> c);

} // namespace iothub::http::api
