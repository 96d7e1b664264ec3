#pragma once
// The WebSocket upgrade at /$iothub/websocket and /$servicebus/websocket (RFC 6455 §4.2; device
// protocol §1.1): whether a request asks for it, and which protocol is to be spoken or why that
// cannot be. It needs no authorization: the protocol on top has its own. Used by session.

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "emulator/http_codec/request.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::http {

// A protocol that can be spoken over WebSocket; app says which there are.
struct websocket_protocol {
    std::string name; // what clients offer as Sec-WebSocket-Protocol, in any case: "mqtt"
    std::function<void(std::shared_ptr<net::byte_stream>)> serve;
};
using websocket_protocols = std::vector<websocket_protocol>;

struct websocket_agreement {
    std::string key;         // Sec-WebSocket-Key
    std::string subprotocol; // as the client spelled it: it insists on that
    std::function<void(std::shared_ptr<net::byte_stream>)> serve;
};

// The response's status and reason, and its further fields.
struct websocket_refusal {
    http_codec::refusal why;
    http_codec::fields headers = {};
};

// True also for what is wrong in some way: agree_on_websocket() says how.
bool asks_for_websocket(const http_codec::request& asked);

// Takes the first offer that is known. 404, 405, 426 or 400 where the request is no proper upgrade.
std::variant<websocket_agreement, websocket_refusal>
agree_on_websocket(const http_codec::request& asked, const websocket_protocols& known);

} // namespace iothub::http
