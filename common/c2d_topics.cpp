#include "common/c2d_topics.hpp"

#include "common/percent_encoding.hpp"

namespace iothub::topics {

namespace {

constexpr std::string_view devicebound = "messages/devicebound/";

// Takes a level and its slash from the front of `topic`; nothing where there is no slash.
std::optional<std::string_view> take_level(std::string_view& topic) {
    const std::size_t slash = topic.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view level = topic.substr(0, slash);
    topic.remove_prefix(slash + 1);
    return level;
}

bool take(std::string_view& topic, std::string_view prefix) {
    const bool found = topic.starts_with(prefix);
    topic.remove_prefix(found ? prefix.size() : 0);
    return found;
}

} // namespace

std::string identity_prefix(const identity_key& self) {
    std::string prefix = "devices/" + self.device_id + "/";
    return self.is_module() ? prefix + "modules/" + self.module_id + "/" : prefix;
}

std::string c2d_topic(const identity_key& target, const property_bag& properties) {
    return identity_prefix(target) + std::string(devicebound) + format_property_bag(properties);
}

std::string input_topic(const identity_key& target, std::string_view input,
                        const property_bag& properties) {
    return identity_prefix(target) + "inputs/" + percent_encode(input) + "/" +
           format_property_bag(properties);
}

std::optional<message> parse_message(std::string_view topic) {
    if (!take(topic, "devices/") || !take_level(topic)) {
        return std::nullopt;
    }
    if (take(topic, "modules/") && !take_level(topic)) {
        return std::nullopt;
    }
    if (take(topic, devicebound)) {
        return message{{}, parse_property_bag(topic)};
    }
    const auto input = take(topic, "inputs/") ? take_level(topic) : std::nullopt;
    if (!input) {
        return std::nullopt;
    }
    return message{percent_decode_leniently(*input), parse_property_bag(topic)};
}

} // namespace iothub::topics
