#include "emulator/http/documents/event_batch.hpp"

#include <fmt/format.h>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "emulator/http/documents/device_message_fields.hpp"

namespace iothub::http {

namespace {

// A rule that a message of the batch breaks; "" for none.
using fault = std::string_view;

bool says_plain_text(const json& message) {
    const auto flag = message.find("base64Encoded");
    return flag != message.end() && *flag == false;
}

fault read_body(const json& message, std::string& body) {
    const auto given = message.find("body");
    if (given == message.end() || !given->is_string()) {
        return "body must be a string";
    }
    if (says_plain_text(message)) {
        body = given->get<std::string>();
        return {};
    }
    auto bytes = base64_decode(given->get_ref<const std::string&>());
    if (!bytes) {
        return "body must be base64, unless base64Encoded is false";
    }
    body = *std::move(bytes);
    return {};
}

fault read_properties(const json& message, core::device_message& into) {
    const auto given = message.find("properties");
    if (given == message.end() || given->is_null()) {
        return {};
    }
    if (!given->is_object()) {
        return "properties must be an object";
    }
    for (const auto& [name, value] : given->items()) {
        if (!value.is_string()) {
            return "the values of properties must be strings";
        }
        const auto& text = value.get_ref<const std::string&>();
        if (!add_message_field(into, name, text)) {
            into.application_properties.push_back({name, text});
        }
    }
    return {};
}

fault read_message(const json& document, batched_message& into) {
    if (!document.is_object()) {
        return "must be an object";
    }
    const fault broken = read_body(document, into.body);
    return broken.empty() ? read_properties(document, into.message) : broken;
}

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

} // namespace

result<std::vector<batched_message>> read_event_batch(const json& document) {
    if (!document.is_array() || document.empty() || document.size() > max_batch_messages) {
        return invalid(fmt::format("A batch is an array of 1 to {} messages.", max_batch_messages));
    }
    std::vector<batched_message> batch(document.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (const fault broken = read_message(document[i], batch[i]); !broken.empty()) {
            return invalid(fmt::format("Message {} of the batch: {}.", i, broken));
        }
    }
    return batch;
}

} // namespace iothub::http
