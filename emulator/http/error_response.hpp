#pragma once
// Errors as the hub writes them to the wire (service API §4.1; row L01).

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/http/response_stamp.hpp"
#include "emulator/http_codec/request.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http {

// Envelope E1, or E3 for a token that is refused; with iothub-errorcode, and WWW-Authenticate on
// 401. The stamp gives the tracking id; it is not put on.
http_codec::response error_response(const error& e, const response_stamp& stamp);

// Envelope E3 for a call that a device did not answer; `info` tells more of it ("timeout").
http_codec::response nested_error_response(const error& e, const json& info,
                                           const response_stamp& stamp);

// The error nearest to what the codec refused; its response takes the refusal's status.
error to_error(const http_codec::refusal& why);

} // namespace iothub::http
