#pragma once
// Serves MQTT over a stream. Called by app's listeners for port 8883 and by the WebSocket upgrade.

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

#include "emulator/core/hub.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::mqtt {

// As session::serve(). `transport` is "mqtt" or "mqtt-ws".
void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, std::string transport = "mqtt");

} // namespace iothub::mqtt
