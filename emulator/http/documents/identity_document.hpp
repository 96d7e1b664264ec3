#pragma once
// Device and module documents (service API §2.1–§2.3): what a client sends and what it is shown,
// member by member in the hub's own order.

#include "common/identity_key.hpp"
#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/identity_request.hpp"

namespace iothub::http {

// The response to a creation writes times that never were without their zone.
enum class moment { creation, later };

json identity_document(const core::identity& id, moment when);

// The writable members of an object; the others are ignored, whatever they are. argument_invalid
// where one has the wrong type, or where an id differs from the path's.
result<core::identity_request> read_identity_document(const json& document,
                                                      const identity_key& key);

// "sas", "selfSigned", "certificateAuthority", "none".
std::string_view authentication_name(core::authentication_type type);

} // namespace iothub::http
