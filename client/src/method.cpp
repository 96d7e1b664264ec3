#include "iothub/method.hpp"

#include <utility>

#include "common/json.hpp"

namespace iothub {

method_request::method_request(std::string name, const json& payload)
    : name_(std::move(name))
    , payload_(std::make_shared<const json>(payload)) {}

method_response::method_response(int status)
    : method_response(status, nullptr) {}

method_response::method_response(int status, const json& payload)
    : status_(status)
    , payload_(std::make_shared<const json>(payload)) {}

} // namespace iothub
