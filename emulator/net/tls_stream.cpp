#include "emulator/net/tls_stream.hpp"

#include <utility>

namespace iothub::net {

tls_stream::tls_stream(tcp::socket from, std::string address, const tls_context& context)
    : socket_stream(std::move(from), std::move(address))
    , session_(context.native(), socket().native_handle()) {}

tls_stream::tls_stream(tcp::socket from, std::string address, const tls_client_context& context,
                       const std::string& server_name)
    : socket_stream(std::move(from), std::move(address))
    , session_(context.native(), socket().native_handle()) {
    session_.call(server_name);
}

transfer tls_stream::handshake() {
    transfer step = session_.shake_hands();
    if (step.status == transfer_status::done)
        set_peer_certificates(session_.peer_certificates());
    return step;
}

} // namespace iothub::net
