#include "emulator/amqp/serve.hpp"

#include <utility>

#include "emulator/amqp/connection.hpp"
#include "emulator/session/session.hpp"

namespace iothub::amqp {

void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, entrance by) {
    const net::peer peer = stream->remote();
    session::serve(hub, std::move(stream), executor, [&](std::function<void()> on_hub_output) {
        return std::make_unique<connection>(hub, peer, std::move(by), std::move(on_hub_output));
    });
}

} // namespace iothub::amqp
