#pragma once
// The JSON documents of devices and modules (service API §2.1, §2.3), both ways.

#include "common/json_fwd.hpp"
#include "iothub/identities.hpp"

namespace iothub::client {

// Without the members that only the hub writes, but with the etag.
json to_document(const device_identity& device);
json to_document(const module_identity& identity);

// Throw protocol_error where the document is not an object or a member has the wrong type.
device_identity read_device(const json& document);
module_identity read_module(const json& document);

} // namespace iothub::client
