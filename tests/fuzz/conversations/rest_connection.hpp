#pragma once
// A REST connection without a socket to a hub with dev1 and dev1/m1 in it.

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <string_view>

#include "support/device_world.hpp"
#include "support/fake_stream.hpp"

namespace iothub::fuzz {

class rest_connection {
public:
    rest_connection();
    ~rest_connection();
    rest_connection(const rest_connection&) = delete;
    rest_connection& operator=(const rest_connection&) = delete;

    // And lets everything happen that it causes.
    void send(std::string_view bytes);

    // All that the hub has answered, without interim responses.
    std::string answers() const;

    bool ended() const { return stream_->ended(); }
    const std::string& end_reason() const { return stream_->end_reason(); }
    test::world& hub_side() { return world_; }

private:
    void settle();

    test::world world_;
    boost::asio::io_context loop_;
    std::shared_ptr<test::fake_stream> stream_ = std::make_shared<test::fake_stream>();
    std::string heard_;
};

// A policy's token for the whole hub.
const std::string& owner_token();

// `text` with each `what` replaced.
std::string replaced(std::string text, std::string_view what, std::string_view by);

} // namespace iothub::fuzz
