#pragma once
// The JSON that tells a device why the hub refused its request (device protocol §1.6). Node reads
// nothing else, so it goes with every error.

#include <string>

#include "common/result.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::mqtt {

// {"errorCode":400004,"trackingId":"…","message":"…","timestampUtc":"…Z"}
std::string error_body(core::hub& hub, const error& reason);

} // namespace iothub::mqtt
