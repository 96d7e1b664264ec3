#pragma once
// Everything that is asked of a request before its operation runs: who it is, the api-version, and
// ids that can exist (service API §1.1, device protocol §3). Used by dispatch.

#include "common/result.hpp"
#include "emulator/http/audience.hpp"
#include "emulator/http/call.hpp"

namespace iothub::http {

// Fills in call::sender where a device or module asks for itself. Errors: unauthorized,
// unauthorized_access, invalid_protocol_version, argument_invalid.
result<> admit(call& c, const audience& who);

// As admit(), of somebody who may do whatever a back end may and has shown that already.
// unauthorized_access for what only a device or module may ask.
result<> admit_owner(const call& c, const audience& who);

} // namespace iothub::http
