#include "emulator/http/api/methods.hpp"

#include <fmt/format.h>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/methods/method_document.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

result<core::method_request> read_request(const call& c) {
    const auto document = c.document();
    return document ? core::read_method_document(*document) : document.error();
}

// "00:00:30", as .NET writes a time span.
std::string time_span(std::chrono::seconds length) {
    return fmt::format("{:02}:{:02}:{:02}", length.count() / 3600, length.count() / 60 % 60,
                       length.count() % 60);
}

void fail(call& c, const error& e, std::chrono::seconds waited) {
    switch (e.code) {
    case errc::gateway_timeout:
        return c.fail_unanswered(e, {{"timeout", time_span(waited)}});
    case errc::device_not_online:
    case errc::connection_closed_remotely:
        return c.fail_unanswered(e, json::object());
    default:
        return c.fail(e);
    }
}

http_codec::response describe(const core::method_answer& answer) {
    return json_response(200, core::method_result_document(answer));
}

} // namespace

void call_device(std::shared_ptr<call> c, core::method_request request,
                 answer_description description) {
    const auto timeout = request.response_timeout;
    c->hub().methods().invoke(
        c->key(), std::move(request),
        [c, timeout, description](const result<core::method_answer>& outcome) {
            if (outcome) {
                c->reply(description(*outcome));
            } else {
                fail(*c, outcome.error(), timeout);
            }
        });
}

void invoke_method(std::shared_ptr<call> c) {
    auto request = read_request(*c);
    if (request) {
        call_device(std::move(c), *std::move(request), describe);
    } else {
        c->fail(request.error());
    }
}

} // namespace iothub::http::api
