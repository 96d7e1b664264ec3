#pragma once
// A back end's connection to the REST interface: responses leave when the turn in which they were
// made is committed; where the commit fails, nothing is acknowledged. A device's connection, which
// asks for WebSocket, is handed over to its protocol. Made by app for each connection to the HTTPS
// port.

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

#include "emulator/core/turn.hpp"
#include "emulator/http/upgrade.hpp"
#include "emulator/http_codec/server_session.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::http {

class session final : public http_codec::server_session, public core::turn::participant {
public:
    session(core::hub& hub, boost::asio::any_io_executor executor,
            std::shared_ptr<net::byte_stream> stream, const http_codec::session_limits& limits = {},
            std::shared_ptr<const websocket_protocols> protocols = nullptr, std::string page = {});

    void turn_committed() override;
    void turn_failed(const error& reason) override;

private:
    void handle(std::shared_ptr<http_codec::exchange> x) override;
    http_codec::response refuse(const http_codec::refusal& why) override;
    void replies_wait() override;
    void upgrade(http_codec::exchange& x);
    bool lead_to_page(http_codec::exchange& x);

    core::hub& hub_;
    std::shared_ptr<const websocket_protocols> protocols_; // null: none
    std::string page_;
    bool joined_ = false;
};

// Serves the connection until it ends; the stream keeps the session alive. `hub` outlives it.
// `page` is the address that a browser is sent to which opens `https://<hub>/`; empty: none.
void serve(core::hub& hub, boost::asio::any_io_executor executor,
           std::shared_ptr<net::byte_stream> stream,
           std::shared_ptr<const websocket_protocols> protocols, std::string page);

} // namespace iothub::http
