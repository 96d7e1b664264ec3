#pragma once
// Queries over twins and jobs over REST (service API §1.3, §6; rows Q01–Q06): the query in the
// body, its pages by header fields.

#include <memory>

namespace iothub::http {
class call;
}

namespace iothub::http::api {

void run_query(std::shared_ptr<call> c);

} // namespace iothub::http::api
