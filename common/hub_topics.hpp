#pragma once
// The MQTT topics of IoT Hub, both ways (device protocol §1.4): the emulator parses what clients
// publish and subscribe to and writes what the hub publishes; the clients do the reverse.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "common/c2d_topics.hpp"
#include "common/identity_key.hpp"
#include "common/property_bag.hpp"

namespace iothub::topics {

// What a device or module publishes.
struct telemetry {
    property_bag properties;  // keys decoded; system properties begin with "$."
    std::size_t bag_size = 0; // bytes of the bag as it stands in the topic
};
struct twin_get {
    std::string request_id;
};
struct reported_patch {
    std::string request_id;
    std::optional<std::uint64_t> version; // Java may make the patch conditional
};
struct method_response {
    int status = 0;
    std::string request_id;
};
struct malformed {
    std::string reason; // for the log
};
using publication = std::variant<telemetry, twin_get, reported_patch, method_response, malformed>;

// A topic of another identity, or none of the hub's, is malformed.
publication parse_publication(std::string_view topic, const identity_key& self);

// What a device or module may subscribe to.
enum class subscription {
    c2d,
    inputs,
    twin_responses,
    desired_properties,
    methods,
    all_messages // a module's `devices/d/modules/m/#`: c2d and inputs
};

// Nothing where the filter is none that `self` may use.
std::optional<subscription> parse_filter(std::string_view filter, const identity_key& self);

// Whether a filter of `self` has the ids percent-encoded where that makes a difference: Python's
// do, and it expects the hub's topics to be like them.
bool names_encoded_ids(std::string_view filter, const identity_key& self);

// Topic filters, as the clients subscribe.
inline constexpr std::string_view twin_response_filter = "$iothub/twin/res/#";
inline constexpr std::string_view desired_filter = "$iothub/twin/PATCH/properties/desired/#";
inline constexpr std::string_view method_filter = "$iothub/methods/POST/#";

// Everything that parse_message() reads.
std::string message_filter(const identity_key& self);

// Client to hub.
std::string telemetry_topic(const identity_key& self, const property_bag& properties);
std::string twin_get_topic(std::string_view request_id);
std::string reported_patch_topic(std::string_view request_id);
std::string method_response_topic(int status, std::string_view request_id);

// Hub to client.
std::string twin_response_topic(int status, std::string_view request_id,
                                std::optional<std::uint64_t> version = std::nullopt);
std::string desired_topic(std::uint64_t version);
std::string method_request_topic(std::string_view method, std::string_view request_id);

// What the hub publishes, read by our clients.
struct twin_response {
    int status = 0;
    std::string request_id;
    std::optional<std::uint64_t> version;
};
struct desired_update {
    std::optional<std::uint64_t> version;
};
struct method_request {
    std::string method;
    std::string request_id;
};
using hub_publication =
    std::variant<twin_response, desired_update, method_request, message, malformed>;

hub_publication parse_hub_publication(std::string_view topic);

} // namespace iothub::topics
