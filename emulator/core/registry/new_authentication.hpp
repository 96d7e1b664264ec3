#pragma once
// How an identity authenticates once it is written (service API §2.2): what was asked for, with
// keys made where none were given. Used by identity_registry.

#include <string>

#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/identity_request.hpp"

namespace iothub::core {

class id_source;

// Of a request that validate() accepts.
authentication make_authentication(const authentication_request& wanted, id_source& ids);

// Base64 of 32 random bytes.
std::string make_key(id_source& ids);

} // namespace iothub::core
