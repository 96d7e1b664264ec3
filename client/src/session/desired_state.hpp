#pragma once
// What the client knows of its desired properties, so that the callback sees every change once: as
// the hub's own notification while connected, and as the difference to what was known for changes
// made while offline, which the hub does not repeat (service API §3.6). Used by hub_session.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "common/json_fwd.hpp"

namespace iothub::client {

class desired_state {
public:
    desired_state();
    ~desired_state();

    // A new connection, after which the twin is read again. Until read_again() notifications are
    // kept back, unless nothing was known before.
    void reconnected();

    // A notification, or the desired section as read. What the callback gets now, in order.
    std::vector<json> notified(json patch);
    std::vector<json> read_again(const json& desired);

private:
    void deliver(json patch, std::vector<json>& delivered);

    std::unique_ptr<json> known_; // nothing until the first reading
    std::int64_t version_ = 0;
    bool reading_ = false;
    std::vector<json> kept_back_;
};

} // namespace iothub::client
