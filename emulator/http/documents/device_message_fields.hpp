#pragma once
// Messages in header fields (device protocol §3): telemetry that a device POSTs, and the
// cloud-to-device message that it GETs.

#include <string_view>

#include "emulator/core/c2d/message.hpp"
#include "emulator/core/messaging/device_message.hpp"
#include "emulator/http_codec/fields.hpp"

namespace iothub::http {

// Adds to `message` what a field, or a property of a batch's message, says: "iothub-app-k" is the
// sender's own property k, "iothub-messageid" and its like are system properties. Names that are
// none of the message's are passed over; false then.
bool add_message_field(core::device_message& message, std::string_view name,
                       std::string_view value);

// All of a request's fields.
core::device_message message_of(const http_codec::fields& headers);

// The fields of a delivery, spelled as the C SDK compares them. What cannot stand in a header is
// percent-encoded.
http_codec::fields fields_of(const core::c2d_delivery& delivery);

} // namespace iothub::http
