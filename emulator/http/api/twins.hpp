#pragma once
// Device and module twins over REST (service API §1.3 rows 14–19, §3; rows T01–T05). What a path
// with one id does to a device's twin, one with two does to a module's.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> get_twin(call& c);
result<http_codec::response> patch_twin(call& c);
result<http_codec::response> replace_twin(call& c);

} // namespace iothub::http::api
