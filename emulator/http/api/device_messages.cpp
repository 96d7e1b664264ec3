#include "emulator/http/api/device_messages.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/c2d/c2d_service.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/documents/device_message_fields.hpp"
#include "emulator/http/documents/event_batch.hpp"

namespace iothub::http::api {

namespace {

http_codec::response no_content() {
    return {204, {}, {}};
}

bool is_batch(const http_codec::fields& headers) {
    const std::string* type = headers.find("Content-Type");
    return type != nullptr &&
           http_codec::equal_ignoring_case(http_codec::trimmed(type->substr(0, type->find(';'))),
                                           event_batch_type);
}

// Body and properties, as the limit counts them.
std::size_t size_of(const core::device_message& message) {
    std::size_t size = message.body.size();
    for (const auto* bag : {&message.system_properties, &message.application_properties}) {
        for (const property& one : *bag) {
            size += one.key.size() + one.value.value_or("").size();
        }
    }
    return size;
}

result<> take(call& c, core::device_message message) {
    if (size_of(message) > core::max_device_message_bytes) {
        return error{errc::message_too_large, "A message must not be larger than 256 KiB."};
    }
    c.hub().take(c.sender, std::move(message));
    return {};
}

result<> take_batch(call& c) {
    const auto document = parse_json(c.asked().body);
    if (!document) {
        return document.error();
    }
    auto batch = read_event_batch(*document);
    if (!batch) {
        return batch.error();
    }
    for (batched_message& one : *batch) {
        one.message.body = one.body;
        c.hub().take(c.sender, std::move(one.message));
    }
    return {};
}

// Java says "?reject" where it means "reject".
bool says_reject(const target& t) {
    return t.find("reject") != nullptr || t.find("?reject") != nullptr;
}

result<http_codec::response> settle(call& c, core::settlement how) {
    const auto settled = c.hub().c2d().settle(c.key(), c.value("lock"), how);
    return settled ? result<http_codec::response>(no_content()) : settled.error();
}

} // namespace

result<http_codec::response> send_events(call& c) {
    const std::string& body = c.asked().body;
    if (is_batch(c.asked().headers)) {
        if (body.size() > core::max_device_message_bytes) {
            return error{errc::message_too_large, "A batch must not be larger than 256 KiB."};
        }
        const auto taken = take_batch(c);
        return taken ? result<http_codec::response>(no_content()) : taken.error();
    }
    core::device_message message = message_of(c.asked().headers);
    message.body = body;
    const auto taken = take(c, std::move(message));
    return taken ? result<http_codec::response>(no_content()) : taken.error();
}

result<http_codec::response> receive_message(call& c) {
    auto delivery = c.hub().c2d().receive(c.key());
    if (!delivery) {
        return no_content();
    }
    http_codec::response r{200, fields_of(*delivery), std::move(delivery->message.body)};
    r.headers.add("Content-Type", "application/octet-stream");
    return r;
}

result<http_codec::response> complete_or_reject_message(call& c) {
    return settle(c, says_reject(c.target) ? core::settlement::reject : core::settlement::complete);
}

result<http_codec::response> abandon_message(call& c) {
    return settle(c, core::settlement::abandon);
}

} // namespace iothub::http::api
