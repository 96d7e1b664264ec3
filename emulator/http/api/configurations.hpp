#pragma once
// Configurations and IoT Edge deployments over REST (service API §1.3 rows 8 and 24–28; rows G01,
// G03).

#include <memory>

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

// Both answer when the custom metrics were counted.
void get_configuration(std::shared_ptr<call> c);
void list_configurations(std::shared_ptr<call> c);

result<http_codec::response> put_configuration(call& c);
result<http_codec::response> delete_configuration(call& c);
result<http_codec::response> test_queries(call& c);
result<http_codec::response> apply_configuration_content(call& c);

} // namespace iothub::http::api
