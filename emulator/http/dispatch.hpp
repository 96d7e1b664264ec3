#pragma once
// From a request to its operation: address, route, authentication, api-version, handler. Called by
// session for each request.

#include <memory>

#include "emulator/http_codec/exchange.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::http {

// Always ends in a reply, at once or when the handler gives it. `peer` is for the log.
void dispatch(core::hub& hub, std::shared_ptr<http_codec::exchange> exchange, net::peer peer);

} // namespace iothub::http
