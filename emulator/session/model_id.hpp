#pragma once
// The id of the model that a device or module announces when it connects
// ("dtmi:com:example:Thermostat;1"), over MQTT and AMQP alike. It goes into its twin and with each
// of its messages, so it is bounded.

#include <cstddef>
#include <string_view>

namespace iothub::session {

inline constexpr std::size_t max_model_id = 2048; // what DTDL lets an interface's id have

// Any other counts as not announced.
constexpr bool is_model_id(std::string_view text) {
    return !text.empty() && text.size() <= max_model_id;
}

} // namespace iothub::session
