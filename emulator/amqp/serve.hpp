#pragma once
// Serves AMQP over a stream. Called by app's listeners for ports 5671 and 5672 and by the WebSocket
// upgrade.

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

#include "emulator/core/hub.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::amqp {

// How a peer came in.
struct entrance {
    std::string transport = "amqp"; // or "amqp-ws"
    unsigned amqps_port = 5671;     // where the hub can be reached with TLS
};

// As session::serve().
void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, entrance by);

} // namespace iothub::amqp
