#pragma once
// Scheduled jobs over REST (service API §1.3 rows 29–32; rows J01–J03).

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

result<http_codec::response> create_job(call& c);
result<http_codec::response> get_job(call& c);
result<http_codec::response> cancel_job(call& c);
result<http_codec::response> list_jobs(call& c); // a bare array, its pages by header fields

} // namespace iothub::http::api
