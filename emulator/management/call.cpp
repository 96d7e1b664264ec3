#include "emulator/management/call.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management {

namespace {

std::string_view query_of(std::string_view target) {
    const std::size_t mark = target.find('?');
    return mark == target.npos ? std::string_view() : target.substr(mark + 1);
}

} // namespace

call::call(std::shared_ptr<const surroundings> around,
           std::shared_ptr<http_codec::exchange> exchange, streamer stream)
    : around_(std::move(around))
    , exchange_(std::move(exchange))
    , stream_(std::move(stream))
    , query_(parse_property_bag(query_of(exchange_->asked().target))) {}

std::string_view call::path() const {
    const std::string_view target = asked().target;
    return target.substr(0, target.find('?'));
}

const std::string* call::find(std::string_view name) const {
    static const std::string none;
    const property* found = find_property(query_, name);
    return found == nullptr ? nullptr : found->value ? &*found->value : &none;
}

result<std::optional<std::size_t>> call::number(std::string_view name,
                                                const number_range& range) const {
    const std::string* text = find(name);
    if (text == nullptr) {
        return std::optional<std::size_t>();
    }
    std::size_t value = 0;
    const char* end = text->data() + text->size();
    const auto [stop, failure] = std::from_chars(text->data(), end, value);
    if (failure != std::errc() || stop != end || value < range.least || value > range.most) {
        return error{errc::argument_invalid, fmt::format("{}: must be a number from {} to {}.",
                                                         name, range.least, range.most)};
    }
    return std::optional(value);
}

result<identity_key> call::identity() const {
    const std::string* device = find("device");
    const std::string* module = find("module");
    if (device == nullptr || device->empty()) {
        return error{errc::argument_invalid, "device: is missing."};
    }
    identity_key key{*device, module == nullptr ? "" : *module};
    if (!hub().identities().get(key)) {
        return error{errc::device_not_found, "There is no such device or module."};
    }
    return key;
}

result<json> call::document() const {
    auto parsed = parse_json(asked().body);
    if (parsed && !parsed->is_object()) {
        return error{errc::argument_invalid, "The body must be a JSON object."};
    }
    return parsed;
}

void call::reply(result<response> outcome) {
    if (outcome) {
        exchange_->reply(finished(*std::move(outcome), hub().time().now()));
    } else {
        refuse(status_of(outcome.error().code), outcome.error());
    }
}

void call::refuse(int status, const error& reason, http_codec::fields more) {
    hub().journal().write(status >= 500 ? log_level::error : log_level::info, "management",
                          fmt::format("{} {}: {}: {}", asked().method, path().substr(0, 300),
                                      status, log_text(reason)));
    auto r = refusal(status, reason.message);
    for (const auto& field : more) {
        r.headers.add(field.name, field.value);
    }
    exchange_->reply(finished(std::move(r), hub().time().now()));
}

void call::pass_to_service(std::string target) {
    around_->service(exchange_, std::move(target));
}

void call::stream(response head, http_codec::streamed_response::source next, stream_begin begun) {
    stream_(finished(std::move(head), hub().time().now()), std::move(next), std::move(begun));
}

} // namespace iothub::management
