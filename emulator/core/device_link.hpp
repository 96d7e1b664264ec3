#pragma once
// What a connected device or module offers the hub, whatever its transport. Calls never block,
// never throw and never call back into the hub; what they make the device see leaves at the end of
// the turn.

#include <string_view>

#include "common/result.hpp"
#include "emulator/core/c2d/message.hpp"

namespace iothub::core {

enum class delivery_answer {
    not_subscribed, // takes no such message: none to an input, or none but those
    no_room,        // has enough to do; it asks for more when it has room again
    taken,          // the device settles it under its lock token
    completed,      // it went to a device that settles nothing (MQTT at QoS 0)
};

class device_link {
public:
    virtual ~device_link() = default;

    // A desired-property update (§3.6): `patch` is the JSON text that the device is to see, with
    // "$version" in it. A device that has not subscribed ignores it.
    virtual void desired_changed(std::uint64_t version, std::string_view patch) = 0;

    // A direct method (service API §1.5): the device answers under `request_id`; not_subscribed,
    // no_room or taken. `payload` is JSON text, or empty.
    virtual delivery_answer call_method(std::string_view request_id, std::string_view method,
                                        std::string_view payload) = 0;

    // A cloud-to-device message, offered in the order of the queue.
    virtual delivery_answer deliver(const c2d_delivery& delivery) = 0;

    // The hub ends the session and has already forgotten it. `reason` says why, for the log:
    // a newer connection, the identity disabled or deleted.
    virtual void disconnect(const error& reason) = 0;
};

} // namespace iothub::core
