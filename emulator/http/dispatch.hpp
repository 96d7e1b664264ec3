#pragma once
// From a request to its operation: address, route, authentication, api-version, handler. Called by
// session for each request.

#include <memory>
#include <string>

#include "emulator/http_codec/exchange.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::http {

// Always ends in a reply, at once or when the handler gives it. `peer` is for the log.
void dispatch(core::hub& hub, std::shared_ptr<http_codec::exchange> exchange, net::peer peer);

// What the person at the machine asks through another port, which has made sure that it is they.
struct owner_request {
    std::shared_ptr<http_codec::exchange> exchange;
    std::string target;        // in place of the exchange's own: "/devices/d?api-version=…"
    http_codec::fields fields; // for every answer
};

// As dispatch(), with the rights of every policy and without a token.
void dispatch_for_owner(core::hub& hub, owner_request asked);

} // namespace iothub::http
