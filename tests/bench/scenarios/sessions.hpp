#pragma once
// A client that connects and, where it is given a filter, subscribes: what connects, idle sessions,
// cold start and hubs in the same process have in common.

#include <string>
#include <utility>

#include "bench/wire/mqtt_client.hpp"

namespace iothub::bench {

class session_user final : public mqtt_client {
public:
    session_user(reactor& loop, std::uint16_t port, const mqtt_login& who, std::string filter = {})
        : mqtt_client(loop, port, who)
        , filter_(std::move(filter)) {}
    session_user(reactor& loop, tcp_socket socket, const mqtt_login& who)
        : mqtt_client(loop, std::move(socket), who) {}

    // Accepted, and subscribed where there is a filter.
    bool established() const { return established_; }

    // That came since it was established.
    unsigned messages() const { return messages_; }

private:
    void accepted() override {
        if (filter_.empty()) {
            established_ = true;
        } else {
            subscribe(filter_);
        }
    }
    void subscribed() override { established_ = true; }
    void message(std::string_view, std::string_view) override { ++messages_; }

    std::string filter_;
    bool established_ = false;
    unsigned messages_ = 0;
};

} // namespace iothub::bench
