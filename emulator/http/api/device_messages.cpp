#include "emulator/http/api/device_messages.hpp"

#include <utility>
#include <vector>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/letter_case.hpp"
#include "emulator/core/c2d/c2d_service.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/documents/device_message_fields.hpp"
#include "emulator/http/documents/event_batch.hpp"

namespace iothub::http::api {

namespace {

bool is_batch(const http_codec::fields& headers) {
    const std::string* type = headers.find("Content-Type");
    return type != nullptr &&
           equal_ignoring_case(http_codec::trimmed(type->substr(0, type->find(';'))),
                               event_batch_type);
}

error too_large(std::string message) {
    return {errc::message_too_large, std::move(message)};
}

result<> take_message(call& c) {
    core::device_message message = message_of(c.asked().headers);
    message.body = c.asked().body;
    const std::size_t size = message.body.size() + bytes_in(message.system_properties) +
                             bytes_in(message.application_properties);
    if (size > core::max_device_message_bytes) {
        return too_large("A message must not be larger than 256 KiB.");
    }
    return c.hub().take(c.sender, std::move(message));
}

result<> take_batch(call& c) {
    if (c.asked().body.size() > core::max_device_message_bytes) {
        return too_large("A batch must not be larger than 256 KiB.");
    }
    const auto document = parse_json(c.asked().body);
    if (!document) {
        return document.error();
    }
    auto batch = read_event_batch(*document);
    if (!batch) {
        return batch.error();
    }
    std::vector<core::device_message> messages;
    for (batched_message& one : *batch) {
        one.message.body = one.body;
        messages.push_back(std::move(one.message));
    }
    return c.hub().take_all(c.sender, std::move(messages));
}

// Java says "?reject" where it means "reject".
bool says_reject(const target& t) {
    return t.find("reject") != nullptr || t.find("?reject") != nullptr;
}

result<http_codec::response> when_done(const result<>& outcome) {
    return outcome ? result<http_codec::response>(http_codec::no_content()) : outcome.error();
}

result<http_codec::response> settle(call& c, core::settlement how) {
    return when_done(c.hub().c2d().settle(c.key(), c.value("lock"), how));
}

} // namespace

result<http_codec::response> send_events(call& c) {
    return when_done(is_batch(c.asked().headers) ? take_batch(c) : take_message(c));
}

result<http_codec::response> receive_message(call& c) {
    auto delivery = c.hub().c2d().receive(c.key());
    if (!delivery) {
        return http_codec::no_content();
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
