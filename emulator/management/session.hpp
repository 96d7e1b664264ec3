#pragma once
// One connection to the management port. It only reads, so that its responses wait for no turn.
// Made by app for each connection.

#include <boost/asio/any_io_executor.hpp>

#include <memory>

#include "emulator/http_codec/server_session.hpp"
#include "emulator/management/surroundings.hpp"

namespace iothub::management {

class session final : public http_codec::server_session {
public:
    session(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
            std::shared_ptr<net::byte_stream> stream,
            const http_codec::session_limits& limits = {});

private:
    void handle(std::shared_ptr<http_codec::exchange> x) override;
    http_codec::response refuse(const http_codec::refusal& why) override;
    void replies_wait() override { release_replies(); }

    std::shared_ptr<const surroundings> around_;
};

// Serves the connection until it ends; the stream keeps the session alive.
void serve(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
           std::shared_ptr<net::byte_stream> stream);

} // namespace iothub::management
