#pragma once
// CloudToDeviceMethod and its result (service API §1.5; rows M01, M02).

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/methods/method_service.hpp"

namespace iothub::core {

// `{"methodName":text,"payload":any,"responseTimeoutInSeconds":n,"connectTimeoutInSeconds":n}`;
// only the name is required. A payload that is absent goes out as `null`: Node reads no empty one.
// argument_invalid.
result<method_request> read_method_document(const json& document);

// `{"status":n,"payload":any}`; the payload is null where the device gave none.
json method_result_document(const method_answer& answer);

} // namespace iothub::core
