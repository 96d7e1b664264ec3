#pragma once
// What a client asks "$cbs" to take a token (device protocol §2.3).

#include <string>

#include "emulator/amqp/values/message.hpp"

namespace iothub::test {

inline amqp::message token_request(const std::string& message_id, const std::string& token) {
    amqp::message made;
    made.properties.emplace();
    made.properties->message_id = message_id;
    made.properties->to = "$cbs";
    made.properties->reply_to = "cbs";
    made.application_properties = {{"operation", "put-token"},
                                   {"type", "servicebus.windows.net:sastoken"},
                                   {"name", "hub.test"}};
    made.body = token;
    return made;
}

} // namespace iothub::test
