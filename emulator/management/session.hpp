#pragma once
// One connection to the management port. What only reads is answered at once, and also while
// nothing can be kept; the answer to a change leaves when the change was committed. Made by app for
// each connection.

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <vector>

#include "emulator/core/turn.hpp"
#include "emulator/http_codec/server_session.hpp"
#include "emulator/management/surroundings.hpp"

namespace iothub::management {

class session final : public http_codec::server_session, public core::turn::participant {
public:
    session(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
            std::shared_ptr<net::byte_stream> stream, const http_codec::session_limits& limits);

    void turn_committed() override;
    void turn_failed(const error& reason) override;

private:
    void handle(std::shared_ptr<http_codec::exchange> x) override;
    http_codec::response refuse(const http_codec::refusal& why) override;
    void replies_wait() override;

    std::shared_ptr<const surroundings> around_;
    // Requests that may change something, until they are answered; and whether that was in this
    // turn.
    std::vector<std::weak_ptr<http_codec::exchange>> changes_;
    bool changes_wait_ = false;
    bool joined_ = false;
};

// Serves the connection until it ends; the stream keeps the session alive.
void serve(std::shared_ptr<const surroundings> around, boost::asio::any_io_executor executor,
           std::shared_ptr<net::byte_stream> stream);

} // namespace iothub::management
