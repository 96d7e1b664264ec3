#pragma once
// The body of the cloud-to-device messages, which shows whether it is whole.

#include <cstdint>
#include <string>

#include "common/json.hpp"
#include "durability/filling.hpp"

namespace iothub::durability {

inline std::string message_body(std::int64_t number) {
    return std::to_string(number) + " " + filling(number, 2000);
}

// Of a message as the management API shows it; 0 where its parts do not belong together.
inline std::int64_t number_of_message(const json& listed) {
    const std::string id = listed.at("messageId").get<std::string>();
    const std::int64_t number = std::stoll(id.substr(id.find('/') + 1));
    return listed.at("body") == message_body(number) &&
                   listed.at("properties").value("n", "") == std::to_string(number)
               ? number
               : 0;
}

} // namespace iothub::durability
