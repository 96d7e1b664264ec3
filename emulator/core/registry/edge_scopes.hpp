#pragma once
// Where a device stands among IoT Edge devices (service API §2.4): an Edge device has a scope of
// its own and may have a parent Edge device; a leaf stands in its parent's scope. Used by
// identity_registry when it writes a device.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/identity_request.hpp"

namespace iothub::core {

class store;

// The id of the IoT Edge device whose scope it is, or would be; nothing where it is no scope.
std::optional<std::string> device_of_scope(std::string_view scope);

struct edge_place {
    std::optional<std::string> device_scope; // an Edge device's own, or a leaf's parent's
    std::vector<std::string> parent_scopes;  // of the parent, if there is one
};

// A new device's place. A scope that is given for an Edge device is ignored, unless the request
// keeps it. Errors:
// invalid_device_scope where a parent is no Edge device, argument_invalid for two parents.
result<edge_place> new_place(store& store, const identity_request& wanted,
                             const std::string& generation_id);

// The place of a device that exists and is written anew: what is not said detaches it, what it has
// is not questioned. Errors as above, and argument_invalid where an Edge device does not repeat its
// own scope, or a leaf that becomes one gives a scope that the request does not keep;
// invalid_device_scope where a device would stand below itself.
result<edge_place> changed_place(store& store, const identity_request& wanted,
                                 const identity& current);

} // namespace iothub::core
