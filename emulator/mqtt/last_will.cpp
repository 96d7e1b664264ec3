#include "emulator/mqtt/last_will.hpp"

#include <utility>

#include "common/hub_topics.hpp"

namespace iothub::mqtt {

result<std::optional<last_will>> read_will(const connect& packet, const identity_key& self) {
    if (!packet.will) {
        return std::optional<last_will>();
    }
    auto topic = topics::parse_publication(packet.will->topic, self);
    auto* message = std::get_if<topics::telemetry>(&topic);
    if (message == nullptr) {
        return error{errc::argument_invalid, "",
                     "the will is for another topic than its own telemetry"};
    }
    message->properties.push_back({"iothub-MessageType", "Will"});
    return std::optional(last_will{std::move(message->properties),
                                   std::string(packet.will->payload), packet.will->retain});
}

} // namespace iothub::mqtt
