#pragma once
// The JSON that tells a device why the hub refused its request (device protocol §1.6). Node reads
// nothing else, so it goes with every error. Over AMQP it is the description of conditions too.

#include <string>

#include "common/result.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::session {

// "7f3a…-G:0-TimeStamp:08/20/2020 22:05:30": a new one.
std::string make_tracking_id(core::hub& hub);

// {"errorCode":400004,"trackingId":"…","message":"…","timestampUtc":"…Z"}
std::string error_body(core::hub& hub, const error& reason);
std::string error_body(core::hub& hub, const error& reason, const std::string& tracking_id);

} // namespace iothub::session
