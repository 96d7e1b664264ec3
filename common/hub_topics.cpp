#include "common/hub_topics.hpp"

#include <charconv>
#include <initializer_list>

#include "common/percent_encoding.hpp"

namespace iothub::topics {

namespace {

constexpr std::string_view twin_get_prefix = "$iothub/twin/GET/";
constexpr std::string_view reported_prefix = "$iothub/twin/PATCH/properties/reported/";
constexpr std::string_view desired_prefix = "$iothub/twin/PATCH/properties/desired/";
constexpr std::string_view twin_response_prefix = "$iothub/twin/res/";
constexpr std::string_view method_request_prefix = "$iothub/methods/POST/";
constexpr std::string_view method_response_prefix = "$iothub/methods/res/";

constexpr std::size_t max_request_id = 1024;

std::optional<std::string_view> after(std::initializer_list<std::string_view> pieces,
                                      std::string_view topic) {
    for (const std::string_view piece : pieces) {
        if (!topic.starts_with(piece)) {
            return std::nullopt;
        }
        topic.remove_prefix(piece.size());
    }
    return topic;
}

// As identity_prefix() writes it.
std::optional<std::string_view> after_prefix(std::string_view topic, const identity_key& self) {
    return self.is_module()
               ? after({"devices/", self.device_id, "/modules/", self.module_id, "/"}, topic)
               : after({"devices/", self.device_id, "/"}, topic);
}

// What follows "devices/d/" or "devices/d/modules/m/" in a topic of `self`; Python percent-encodes
// the ids, the other SDKs do not.
std::optional<std::string_view> after_identity(std::string_view topic, const identity_key& self) {
    if (const auto rest = after_prefix(topic, self)) {
        return rest;
    }
    return after_prefix(topic, {percent_encode(self.device_id), percent_encode(self.module_id)});
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [parsed_to, failure] = std::from_chars(text.data(), end, value);
    return failure == std::errc{} && parsed_to == end ? std::optional(value) : std::nullopt;
}

// "?$rid=1&$version=2". The request id is echoed byte for byte, so it is not decoded.
struct query {
    std::optional<std::string> request_id;
    std::optional<std::uint64_t> version;
    std::string fault; // empty when the query is well formed
};

void read_query_field(query& q, std::string_view name, std::string_view value) {
    if (name == "$rid" || name == "%24rid") {
        q.fault = q.request_id                    ? "has two $rid"
                  : value.size() > max_request_id ? "has a $rid of over 1024 characters"
                                                  : q.fault;
        q.request_id = value;
    } else if (name == "$version" || name == "%24version") {
        q.version = parse_number<std::uint64_t>(value);
        q.fault = q.version ? q.fault : "has a $version that is not a number";
    }
}

query parse_query(std::string_view text) {
    query q;
    if (!text.starts_with('?')) {
        q.fault = "has no query";
        return q;
    }
    while (!text.empty()) {
        text.remove_prefix(1); // the ? or &
        const std::string_view field = text.substr(0, text.find('&'));
        const std::size_t equals = field.find('=');
        read_query_field(q, field.substr(0, equals),
                         equals == field.npos ? "" : field.substr(equals + 1));
        text.remove_prefix(field.size());
    }
    return q;
}

query parse_request_query(std::string_view text) {
    query q = parse_query(text);
    if (q.fault.empty() && (!q.request_id || q.request_id->empty())) {
        q.fault = "has no $rid";
    }
    return q;
}

malformed topic_that(const std::string& fault) {
    return {"the topic " + fault};
}

// "204/?$rid=…": the status and what follows the slash.
struct status_and_rest {
    int status = 0;
    std::string_view rest;
};

std::optional<status_and_rest> parse_status(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto status = parse_number<int>(text.substr(0, slash));
    if (slash == std::string_view::npos || !status) {
        return std::nullopt;
    }
    return status_and_rest{*status, text.substr(slash + 1)};
}

publication parse_twin_get(std::string_view rest) {
    const query q = parse_request_query(rest);
    if (!q.fault.empty()) {
        return topic_that(q.fault);
    }
    return twin_get{*q.request_id};
}

publication parse_reported_patch(std::string_view rest) {
    const query q = parse_request_query(rest);
    if (!q.fault.empty()) {
        return topic_that(q.fault);
    }
    return reported_patch{*q.request_id, q.version};
}

publication parse_method_response(std::string_view rest) {
    const auto status = parse_status(rest);
    if (!status) {
        return topic_that("has no method status");
    }
    const query q = parse_request_query(status->rest);
    if (!q.fault.empty()) {
        return topic_that(q.fault);
    }
    return method_response{status->status, *q.request_id};
}

// The bag is found by its prefix, never by splitting on `/`: the C SDK does not encode it.
std::optional<telemetry> parse_telemetry(std::string_view topic, const identity_key& self) {
    constexpr std::string_view events = "messages/events";
    const auto rest = after_identity(topic, self);
    if (!rest || !rest->starts_with(events)) {
        return std::nullopt;
    }
    std::string_view bag = rest->substr(events.size());
    if (bag.empty()) {
        return telemetry{};
    }
    if (bag.front() != '/') {
        return std::nullopt;
    }
    bag.remove_prefix(1);
    if (bag.ends_with('/')) {
        bag.remove_suffix(1);
    }
    return telemetry{parse_property_bag(bag), bag.size()};
}

// MQTT forbids + and # in what is published; ids with them are percent-encoded, as Python's are.
std::string own_prefix(const identity_key& self) {
    const bool plain = (self.device_id + self.module_id).find_first_of("+#") == std::string::npos;
    return identity_prefix(
        plain ? self
              : identity_key{percent_encode(self.device_id), percent_encode(self.module_id)});
}

std::string request_query(std::string_view request_id) {
    return "?$rid=" + std::string(request_id);
}

hub_publication parse_twin_response(std::string_view rest) {
    const auto status = parse_status(rest);
    if (!status) {
        return topic_that("has no status");
    }
    const query q = parse_request_query(status->rest);
    if (!q.fault.empty()) {
        return topic_that(q.fault);
    }
    return twin_response{status->status, *q.request_id, q.version};
}

hub_publication parse_method_request(std::string_view rest) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
        return topic_that("has no method name");
    }
    const query q = parse_request_query(rest.substr(slash + 1));
    if (!q.fault.empty()) {
        return topic_that(q.fault);
    }
    return method_request{percent_decode_leniently(rest.substr(0, slash)), *q.request_id};
}

} // namespace

publication parse_publication(std::string_view topic, const identity_key& self) {
    if (topic.starts_with(twin_get_prefix)) {
        return parse_twin_get(topic.substr(twin_get_prefix.size()));
    }
    if (topic.starts_with(reported_prefix)) {
        return parse_reported_patch(topic.substr(reported_prefix.size()));
    }
    if (topic.starts_with(method_response_prefix)) {
        return parse_method_response(topic.substr(method_response_prefix.size()));
    }
    if (auto message = parse_telemetry(topic, self)) {
        return *std::move(message);
    }
    return topic_that("is none that this identity may publish to");
}

std::optional<subscription> parse_filter(std::string_view filter, const identity_key& self) {
    if (filter == twin_response_filter) {
        return subscription::twin_responses;
    }
    if (filter == desired_filter) {
        return subscription::desired_properties;
    }
    if (filter == method_filter) {
        return subscription::methods;
    }
    const auto rest = after_identity(filter, self);
    if (rest == "messages/devicebound/#") {
        return subscription::c2d;
    }
    if (self.is_module() && rest == "inputs/#") {
        return subscription::inputs;
    }
    if (self.is_module() && rest == "#") {
        return subscription::all_messages;
    }
    return std::nullopt;
}

bool names_encoded_ids(std::string_view filter, const identity_key& self) {
    return after_identity(filter, self) && !filter.starts_with(identity_prefix(self));
}

std::string message_filter(const identity_key& self) {
    return own_prefix(self) + (self.is_module() ? "#" : "messages/devicebound/#");
}

std::string telemetry_topic(const identity_key& self, const property_bag& properties) {
    return own_prefix(self) + "messages/events/" + format_property_bag(properties);
}

std::string twin_get_topic(std::string_view request_id) {
    return std::string(twin_get_prefix) + request_query(request_id);
}

std::string reported_patch_topic(std::string_view request_id) {
    return std::string(reported_prefix) + request_query(request_id);
}

std::string method_response_topic(int status, std::string_view request_id) {
    return std::string(method_response_prefix) + std::to_string(status) + "/" +
           request_query(request_id);
}

std::string twin_response_topic(int status, std::string_view request_id,
                                std::optional<std::uint64_t> version) {
    std::string topic = std::string(twin_response_prefix) + std::to_string(status) + "/" +
                        request_query(request_id);
    return version ? topic + "&$version=" + std::to_string(*version) : topic;
}

std::string desired_topic(std::uint64_t version) {
    return std::string(desired_prefix) + "?$version=" + std::to_string(version);
}

std::string method_request_topic(std::string_view method, std::string_view request_id) {
    return std::string(method_request_prefix) + percent_encode(method, "*") + "/" +
           request_query(request_id);
}

hub_publication parse_hub_publication(std::string_view topic) {
    if (topic.starts_with(twin_response_prefix)) {
        return parse_twin_response(topic.substr(twin_response_prefix.size()));
    }
    if (topic.starts_with(desired_prefix)) {
        const query q = parse_query(topic.substr(desired_prefix.size()));
        return q.fault.empty() ? hub_publication(desired_update{q.version})
                               : hub_publication(topic_that(q.fault));
    }
    if (topic.starts_with(method_request_prefix)) {
        return parse_method_request(topic.substr(method_request_prefix.size()));
    }
    if (auto sent = parse_message(topic)) {
        return *std::move(sent);
    }
    return topic_that("is none of the hub's");
}

} // namespace iothub::topics
