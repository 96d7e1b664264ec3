#pragma once
// Device and module documents (service API §2.1–§2.3): what a client sends and what it is shown,
// member by member in the hub's own order.

#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/identity_request.hpp"

namespace iothub {
class member_reader;
}

namespace iothub::core {

// The response to a creation writes times that never were without their zone.
enum class moment { creation, later };

// The document as it is sent; and the same to be taken apart.
std::string identity_text(const identity& id, moment when);
json identity_document(const identity& id, moment when);

// The writable members of an object; the others are ignored, whatever they are. argument_invalid
// where one has the wrong type, or where an id differs from the path's.
result<identity_request> read_identity_document(const json& document, const identity_key& key);

// Reads the same members into a request whose key says whether it is a device's or a module's.
void read_identity_members(const member_reader& members, identity_request& into);

// "sas", "selfSigned", "certificateAuthority", "none".
std::string_view authentication_name(authentication_type type);

} // namespace iothub::core
