#include "emulator/http/call.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/http/error_response.hpp"
#include "emulator/http/if_match.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http {

namespace {

// Who is not let in, over whatever transport, is a warning.
log_level level_of(int status) {
    return status >= 500 ? log_level::error : status == 401 ? log_level::warning : log_level::info;
}

} // namespace

std::string call::value(std::string_view placeholder) const {
    const auto found = std::ranges::find(values, placeholder, &path_values::value_type::first);
    return found == values.end() ? std::string() : found->second;
}

core::precondition call::demand() const {
    return parse_if_match(asked().headers.find("If-Match"));
}

result<json> call::document() const {
    if (asked().body.empty()) {
        return error{errc::argument_invalid, "The request has no body."};
    }
    auto parsed = parse_json(asked().body);
    if (parsed && !parsed->is_object()) {
        return error{errc::argument_invalid, "The body must be a JSON object."};
    }
    return parsed;
}

void call::reply(result<http_codec::response> outcome) {
    if (!outcome) {
        fail(outcome.error());
        return;
    }
    send(std::move(*outcome), make_stamp(hub_));
}

void call::fail(const error& e, http_codec::fields more) {
    const response_stamp stamp = make_stamp(hub_);
    auto r = error_response(e, stamp);
    for (const auto& f : more) {
        r.headers.add(f.name, f.value);
    }
    send_failure(e, std::move(r), stamp);
}

void call::fail_unanswered(const error& e, const json& info) {
    const response_stamp stamp = make_stamp(hub_);
    send_failure(e, nested_error_response(e, info, stamp), stamp);
}

void call::send_failure(const error& e, http_codec::response r, const response_stamp& stamp) {
    log_failure(e, r.status);
    send(std::move(r), stamp);
}

void call::send(http_codec::response r, const response_stamp& stamp) {
    for (const auto& f : told_also) {
        r.headers.add(f.name, f.value);
    }
    trace(r);
    exchange_->reply(stamp.put_on(std::move(r)));
}

// As it is told of in the log: without what follows the path.
std::string call::asked_line() const {
    const std::string_view address = asked().target;
    const std::string_view path = address.substr(0, address.find('?'));
    return fmt::format("{} {} {}", peer_.address, asked().method, path.substr(0, 300));
}

void call::trace(const http_codec::response& r) const {
    if (hub_.journal().wants(log_level::trace)) {
        hub_.journal().write(log_level::trace, "http",
                             fmt::format("{} ({} bytes): {} ({} bytes)", asked_line(),
                                         asked().body.size(), r.status, r.body.size()));
    }
}

void call::log_failure(const error& e, int status) {
    ++hub_.count().failed_requests;
    hub_.count().errors += status >= 500 ? 1 : 0;
    hub_.journal().write(
        level_of(status), "http",
        fmt::format("{}: {} {}: {}", asked_line(), status, symbolic_name(e.code), log_text(e)));
}

} // namespace iothub::http
