#include "client/src/engine/incoming_message.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace iothub::client {

namespace {

struct system_member {
    std::string_view name;
    std::string received_message::* member;
};

constexpr std::array system_members{
    system_member{"$.mid", &received_message::message_id},
    system_member{"$.cid", &received_message::correlation_id},
    system_member{"$.ct", &received_message::content_type},
    system_member{"$.ce", &received_message::content_encoding},
    system_member{"$.to", &received_message::to},
    system_member{"$.uid", &received_message::user_id},
    system_member{"$.exp", &received_message::expiry_time},
    system_member{"$.cdid", &received_message::connection_device_id},
    system_member{"$.cmid", &received_message::connection_module_id},
};

void add(received_message& received, property p) {
    std::string value = std::move(p.value).value_or("");
    for (const system_member& system : system_members) {
        if (p.key == system.name) {
            received.*system.member = std::move(value);
            return;
        }
    }
    if (!p.key.starts_with("$.")) {
        received.properties.emplace(std::move(p.key), std::move(value));
    }
}

} // namespace

received_message incoming_message(topics::message topic, std::string payload) {
    received_message received;
    received.body = std::move(payload);
    received.input_name = std::move(topic.input);
    for (property& p : topic.properties) {
        add(received, std::move(p));
    }
    return received;
}

} // namespace iothub::client
