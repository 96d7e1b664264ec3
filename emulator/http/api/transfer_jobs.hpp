#pragma once
// Export and import jobs over REST (service API §1.3 rows 33–36; rows J04, J05). If-Match, which
// .NET sends with DELETE, means nothing here.

#include <memory>

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {
class call;
}

namespace iothub::http::api {

// Waits until the storage has shown whether the job can be done.
void create_transfer_job(std::shared_ptr<call> c);

result<http_codec::response> list_transfer_jobs(call& c);
result<http_codec::response> get_transfer_job(call& c);
result<http_codec::response> cancel_transfer_job(call& c);

} // namespace iothub::http::api
