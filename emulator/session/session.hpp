#pragma once
// Joins one stream, one protocol's machine, the hub's turns and a timer: the only part of a
// protocol that touches a socket. Called by mqtt/serve and amqp/serve.

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <functional>
#include <memory>

#include "emulator/core/hub.hpp"
#include "emulator/net/byte_stream.hpp"
#include "emulator/session/machine.hpp"

namespace iothub::session {

// Of bytes on their way to one client: above the first its input waits; above the second, before
// what a further turn makes is added, it is dropped because it does not read.
inline constexpr std::size_t pause_above = 256 * 1024;
inline constexpr std::size_t drop_above = 1024 * 1024;

// Makes the machine; it calls `on_hub_output` when the hub, not the peer, made output or ended it.
using machine_maker = std::function<std::unique_ptr<machine>(std::function<void()> on_hub_output)>;

// Serves `stream` until it ends; both keep themselves alive. Replies leave when the turn they were
// made in is committed, so hub.end_turn() must follow what the loop runs. The hub outlives the
// stream; `executor` is the loop's.
void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, const machine_maker& make);

} // namespace iothub::session
