#pragma once
// The documents of configurations and of the test of their queries (service API §1.5). Used by
// configuration_client.

#include "common/json_fwd.hpp"
#include "iothub/configuration.hpp"

namespace iothub::client {

// Without the members that only the hub writes.
json to_document(const configuration& wanted);

// Throw protocol_error where the document is no object, or a member is missing or has the wrong
// type.
configuration read_configuration(const json& document);
query_faults read_query_faults(const json& document);

} // namespace iothub::client
