#include "emulator/mqtt/serve.hpp"

#include <utility>

#include "emulator/mqtt/connection.hpp"
#include "emulator/session/session.hpp"

namespace iothub::mqtt {

void serve(core::hub& hub, std::shared_ptr<net::byte_stream> stream,
           const boost::asio::any_io_executor& executor, std::string transport) {
    const net::peer peer = stream->remote();
    session::serve(hub, std::move(stream), executor, [&](std::function<void()> on_hub_output) {
        return std::make_unique<connection>(hub, peer, std::move(transport),
                                            std::move(on_hub_output));
    });
}

} // namespace iothub::mqtt
