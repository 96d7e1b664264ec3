#include "client/src/back_end/event_documents.hpp"

#include <utility>

namespace iothub::client {

namespace {

void add(std::map<std::string, std::string>& into, const amqp_map& from) {
    for (const auto& [key, what] : from) {
        if (auto text = to_text(what)) {
            into.emplace(key, *std::move(text));
        }
    }
}

// Takes it out: what has a member of its own is not listed again.
std::string taken(std::map<std::string, std::string>& from, const char* key) {
    auto found = from.extract(key);
    return found.empty() ? std::string() : std::move(found.mapped());
}

} // namespace

partition_event read_event(amqp_message message, const std::string& partition_id) {
    partition_event read;
    read.sequence_number = integer_in(message.annotations, "x-opt-sequence-number");
    read.enqueued_time = time_in(message.annotations, "x-opt-enqueued-time").value_or(hub_time());
    add(read.properties, message.application_properties);
    add(read.system_properties, message.annotations);
    taken(read.system_properties, "x-opt-sequence-number");
    taken(read.system_properties, "x-opt-enqueued-time");
    read.offset = taken(read.system_properties, "x-opt-offset");
    read.device_id = taken(read.system_properties, "iothub-connection-device-id");
    read.module_id = taken(read.system_properties, "iothub-connection-module-id");
    if (message.expiry) {
        add(read.system_properties, {{"absolute-expiry-time", *message.expiry}});
    }
    for (const auto& [key, text] : {std::pair("to", &message.to), {"user-id", &message.user_id}}) {
        if (!text->empty()) {
            read.system_properties.emplace(key, *text);
        }
    }
    read.message_id = std::move(message.message_id);
    read.correlation_id = std::move(message.correlation_id);
    read.content_type = std::move(message.content_type);
    read.content_encoding = std::move(message.content_encoding);
    read.body = std::move(message.body);
    read.partition_id = partition_id;
    return read;
}

event_hub_properties read_event_hub(const amqp_map& answer) {
    event_hub_properties read{.name = text_in(answer, "name")};
    if (const amqp_value* ids = find(answer, "partition_ids")) {
        if (const auto* list = std::get_if<std::vector<std::string>>(ids)) {
            read.partition_ids = *list;
        }
    }
    return read;
}

partition_properties read_partition(const amqp_map& answer) {
    return {.id = text_in(answer, "partition"),
            .is_empty = text_in(answer, "is_partition_empty") == "true",
            .beginning_sequence_number = integer_in(answer, "begin_sequence_number"),
            .last_enqueued_sequence_number = integer_in(answer, "last_enqueued_sequence_number"),
            .last_enqueued_offset = text_in(answer, "last_enqueued_offset"),
            .last_enqueued_time = time_in(answer, "last_enqueued_time_utc").value_or(hub_time())};
}

} // namespace iothub::client
