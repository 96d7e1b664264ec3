#pragma once
// How many identities there are over REST (service API §1.3 rows 22, 23; rows R10, R11).

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> registry_statistics(call& c);
result<http_codec::response> service_statistics(call& c);

} // namespace iothub::http::api
