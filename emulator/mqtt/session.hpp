#pragma once
// Joins one stream, one mqtt::connection, the hub's turns and a timer: the only part of mqtt/ that
// touches a socket. Called by app's listeners for port 8883 and by the WebSocket upgrade.

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>

#include "emulator/core/hub.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::mqtt {

// Of bytes on their way to one client: above the first its input waits; above the second, before
// what a further turn makes is added, it is dropped because it does not read.
inline constexpr std::size_t pause_above = 256 * 1024;
inline constexpr std::size_t drop_above = 1024 * 1024;

// Serves `stream` until it ends; both keep themselves alive. Replies leave when the turn they were
// made in is committed, so hub.end_turn() must follow what the loop runs. The hub outlives the
// stream; `executor` is the loop's, `transport` is "mqtt" or "mqtt-ws".
void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, std::string transport = "mqtt");

} // namespace iothub::mqtt
