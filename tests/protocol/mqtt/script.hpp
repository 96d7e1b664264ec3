#pragma once
// A test of the MQTT machine is a script: what the client sends and what it gets for it. play()
// runs it whole, with every split of everything sent, byte by byte, and cut off after each step.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/mqtt/connection.hpp"
#include "world.hpp"

namespace iothub::test {

struct stage {
    world& hub_side;
    mqtt::connection& machine;
};

struct step {
    enum class kind { sends, gets, does, ends };

    kind what;
    std::string text;
    std::function<void(stage)> action;
};

using script = std::vector<step>;

// The client sends these bytes.
step sends(std::string bytes);

// Exactly these bytes have come back since the last gets(), and the connection is open.
step gets(std::string bytes);

// Something else happens.
step does(std::function<void(stage)> action);

// These bytes have come back and the connection has ended, for a reason that contains `reason`.
script ends(std::string reason, std::string bytes = {});

// Nothing comes back to `bytes`: the connection is closed for `reason`, which is in the log.
script closes_on(std::string bytes, std::string reason);

// CONNECT and its acceptance.
script connects(const identity_key& key);

// What one script does after the other.
script operator+(script first, const script& second);

void play(const script& what);

} // namespace iothub::test
