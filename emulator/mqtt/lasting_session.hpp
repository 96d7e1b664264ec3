#pragma once
// A client with clean session 0 keeps its subscriptions over its connections (MQTT 3.1.1 §3.1.2.4).
// Used by mqtt/connection.

#include "emulator/core/hub.hpp"
#include "emulator/core/security/authenticator.hpp"
#include "emulator/mqtt/subscriptions.hpp"

namespace iothub::mqtt {

class lasting_session {
public:
    explicit lasting_session(core::hub& hub)
        : hub_(hub) {}

    // True where `who` had a session that goes on; `held` is then what it was subscribed to. With
    // `clean`, what was kept is forgotten.
    bool resume(const core::device_principal& who, bool clean, subscriptions& held);

    // Keeps what the client is now subscribed to, if its session lasts.
    void keep(const subscriptions& held);

    bool lasts() const { return lasts_; }

private:
    core::hub& hub_;
    identity_key key_;
    std::string generation_id_;
    bool lasts_ = false;
};

} // namespace iothub::mqtt
