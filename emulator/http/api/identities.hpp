#pragma once
// Device and module identities over REST (service API §1.3 rows 1–4 and 10–13; rows R01–R08). What
// a path with one id does to a device, one with two does to a module.

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> list_devices(call& c);
result<http_codec::response> list_modules(call& c);
result<http_codec::response> get_identity(call& c);
result<http_codec::response> put_identity(call& c);
result<http_codec::response> delete_identity(call& c);

} // namespace iothub::http::api
