#pragma once
// The call of a direct method and its answer, as the hub's REST documents (service API §1.5).
// Used by registry_client.

#include <string_view>

#include "iothub/json_fwd.hpp"
#include "iothub/method.hpp"

namespace iothub::client {

json to_document(std::string_view name, const json& payload, const method_timeouts& timeouts);

// `{"status":200,"payload":…}`; a payload that is absent reads as null. Throws protocol_error where
// there is no status.
method_response read_method_response(const json& document);

} // namespace iothub::client
