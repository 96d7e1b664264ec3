#pragma once
// Whom CONNECT lets in (device protocol §1.2): the protocol level, the user name, the client id
// that must agree with it, and the credentials. Used by mqtt/connection.

#include "common/result.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/security/authenticator.hpp"
#include "emulator/mqtt/codec/connect.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::mqtt {

// Who it is; the model that a device announces is remembered with its twin.
// invalid_protocol_version, unauthorized_access (and what else the authenticator says), or
// service_unavailable where the hub could not read its store. The error's log text is the reason.
result<core::device_principal> admit(core::hub& hub, const connect& packet, const net::peer& peer);

// Every failure to authenticate is code 5: C retries on it, and no SDK takes it for anything else.
connect_return_code return_code_of(const error& refusal);

} // namespace iothub::mqtt
