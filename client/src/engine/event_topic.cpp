#include "client/src/engine/event_topic.hpp"

#include "client/src/error_details.hpp"
#include "common/hub_topics.hpp"

namespace iothub::client {

namespace {

constexpr std::size_t max_message = 256 * 1024;
constexpr std::size_t max_topic = 65535;

void add(property_bag& bag, const char* key, const std::string& value) {
    if (!value.empty()) {
        bag.push_back({key, value});
    }
}

} // namespace

std::string event_topic(const identity_key& self, const message& event, const std::string& output) {
    property_bag bag;
    add(bag, "$.on", output);
    add(bag, "$.mid", event.message_id);
    add(bag, "$.cid", event.correlation_id);
    add(bag, "$.ct", event.content_type);
    add(bag, "$.ce", event.content_encoding);
    for (const auto& [key, value] : event.properties) {
        if (key.empty() || key.starts_with("$.")) {
            throw_argument_invalid("A message property has no key, or one that begins with \"$.\"");
        }
        bag.push_back({key, value});
    }
    std::string topic = topics::telemetry_topic(self, bag);
    if (topic.size() > max_topic || topic.size() + event.body.size() > max_message) {
        throw_error(hub_error_kind::too_large,
                    "The message is larger than 256 KiB, or its properties than 64 KB");
    }
    return topic;
}

} // namespace iothub::client
