#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "emulator/core/c2d/feedback_document.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/documents.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

using core::c2d_message;

// Members of the document that are system properties of the message.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> system_members{{
    {"messageId", "message-id"},
    {"correlationId", "correlation-id"},
    {"userId", "user-id"},
    {"contentType", "content-type"},
    {"contentEncoding", "content-encoding"},
}};

error wrong(std::string_view member, std::string_view rule) {
    return {errc::argument_invalid, fmt::format("{}: {}.", member, rule)};
}

result<std::string> text_of(std::string_view member, const json& value) {
    if (!value.is_string()) {
        return wrong(member, "must be a text");
    }
    return value.get<std::string>();
}

result<> read_base64(const json& value, c2d_message& m) {
    const auto bytes =
        value.is_string() ? base64_decode(value.get_ref<const std::string&>()) : std::nullopt;
    if (!bytes) {
        return wrong("bodyBase64", "must be bytes in base64");
    }
    m.body = *bytes;
    return {};
}

result<> read_expiry(const json& value, c2d_message& m) {
    const auto time =
        value.is_string() ? parse_iso_8601(value.get_ref<const std::string&>()) : std::nullopt;
    if (!time) {
        return wrong("expiryTimeUtc", "must be a time such as 2030-01-01T10:00:00Z");
    }
    m.expiry = *time;
    return {};
}

result<> read_ack(const json& value, c2d_message& m) {
    const auto found =
        value.is_string() ? core::parse_ack(value.get_ref<const std::string&>()) : std::nullopt;
    if (!found) {
        return wrong("ack", "must be \"none\", \"positive\", \"negative\" or \"full\"");
    }
    m.ack = *found;
    return {};
}

result<> read_properties(const json& value, c2d_message& m) {
    if (!value.is_object()) {
        return wrong("properties", "must be a JSON object");
    }
    for (const auto& [name, text] : value.items()) {
        if (!text.is_string()) {
            return wrong("properties", "must hold texts only");
        }
        m.application_properties.push_back({name, text.get<std::string>()});
    }
    return {};
}

result<> read_text_member(const std::string& name, const json& value, c2d_message& m) {
    const auto* const system = std::ranges::find(system_members, std::string_view(name),
                                                 &decltype(system_members)::value_type::first);
    if (system == system_members.end() && name != "body" && name != "input") {
        return wrong(name, "is no member of a message");
    }
    auto text = text_of(name, value);
    if (!text) {
        return text.error();
    }
    if (system != system_members.end()) {
        m.system_properties.push_back({std::string(system->second), *std::move(text)});
    } else {
        (name == "body" ? m.body : m.input) = *std::move(text);
    }
    return {};
}

result<> read_member(const std::string& name, const json& value, c2d_message& m) {
    if (name == "bodyBase64") {
        return read_base64(value, m);
    }
    if (name == "expiryTimeUtc") {
        return read_expiry(value, m);
    }
    if (name == "ack") {
        return read_ack(value, m);
    }
    return name == "properties" ? read_properties(value, m) : read_text_member(name, value, m);
}

result<c2d_message> read_message(const json& document) {
    if (document.contains("body") == document.contains("bodyBase64")) {
        return wrong("body", "must be there, or bodyBase64 in its place");
    }
    c2d_message m;
    for (const auto& [name, value] : document.items()) {
        if (const auto read = read_member(name, value, m); !read) {
            return read.error();
        }
    }
    return m;
}

json message_document(const core::queued_message& queued) {
    const c2d_message& m = queued.message;
    json document = {{"sequenceNumber", m.sequence_number},
                     {"state", queued.locked ? "invisible" : "enqueued"},
                     {"deliveryCount", m.delivery_count},
                     {"enqueuedTime", iso_8601(m.enqueued)},
                     {"expiryTimeUtc", iso_8601(m.expiry)}};
    for (const auto& [member, name] : system_members) {
        if (const property* p = find_property(m.system_properties, name)) {
            document[member] = p->value.value_or("");
        }
    }
    document["ack"] = core::ack_text(m.ack);
    if (!m.input.empty()) {
        document["input"] = m.input;
    }
    document["properties"] = bag_document(m.application_properties);
    document["body"] = text_document(m.body);
    document["bodyBase64"] = base64_encode(m.body);
    return document;
}

} // namespace

result<response> send_message(call& c) {
    const auto key = c.identity();
    const auto document = c.document();
    if (!key || !document) {
        return key ? document.error() : key.error();
    }
    auto message = read_message(*document);
    if (!message) {
        return message.error();
    }
    const auto kept = c.hub().send(*key, *std::move(message));
    if (!kept) {
        return kept.error();
    }
    return json_page(201, {{"sequenceNumber", kept->sequence_number},
                           {"enqueuedTime", iso_8601(kept->enqueued)}});
}

result<response> list_messages(call& c) {
    const auto key = c.identity();
    if (!key) {
        return key.error();
    }
    json list = json::array();
    for (const core::queued_message& queued : c.hub().c2d().list(*key)) {
        list.push_back(message_document(queued));
    }
    return json_page(200, {{"messages", std::move(list)}});
}

result<response> purge_messages(call& c) {
    const auto key = c.identity();
    if (!key) {
        return key.error();
    }
    return json_page(200, {{"purged", c.hub().c2d().purge(*key)}});
}

result<response> feedback(call& c) {
    constexpr std::size_t all = 10'000;
    const auto limit = c.number("limit", {1, all});
    if (!limit) {
        return limit.error();
    }
    const auto records = c.hub().c2d().feedback(limit->value_or(all));
    return json_page(200, {{"records", core::feedback_document(records)}});
}

} // namespace iothub::management::api
