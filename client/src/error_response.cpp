#include "client/src/error_response.hpp"

#include <algorithm>

#include "common/errc.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::client {

namespace {

constexpr std::size_t max_message = 1024;
constexpr std::string_view code_prefix = "ErrorCode:";
constexpr std::string_view tracking_prefix = "Tracking ID:";

std::string text_member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

json parse_object(std::string_view text) {
    auto parsed = parse_json(text);
    return parsed && parsed->is_object() ? *std::move(parsed) : json::object();
}

void read_numbered(const json& envelope, hub_error_details& details) {
    const auto code = envelope.find("errorCode");
    if (code != envelope.end() && code->is_number_integer()) {
        details.code = code->get<int>();
    }
    details.message = text_member(envelope, "message");
    details.tracking_id = text_member(envelope, "trackingId");
}

void read_named(const json& envelope, hub_error_details& details) {
    const std::string message = text_member(envelope, "Message");
    if (message.starts_with('{')) {
        read_numbered(parse_object(message), details);
        return;
    }
    details.message = message;
    if (message.starts_with(code_prefix)) {
        const std::size_t end = message.find(';');
        details.symbolic_code = message.substr(code_prefix.size(), end - code_prefix.size());
        details.message = end == std::string::npos ? "" : message.substr(end + 1);
    }
    const std::string tracking = text_member(envelope, "ExceptionMessage");
    if (tracking.starts_with(tracking_prefix)) {
        details.tracking_id = tracking.substr(tracking_prefix.size());
    }
}

// What a direct method was for is there, but cannot answer.
bool is_out_of_reach(int code) {
    return code == number(errc::device_not_online) ||
           code == number(errc::connection_closed_remotely);
}

hub_error_kind not_found_kind(const hub_error_details& details, error_subject subject) {
    if (is_out_of_reach(details.code)) {
        return hub_error_kind::not_found;
    }
    if (subject == error_subject::module_twin || details.code == 404010 ||
        details.symbolic_code == "ModuleNotFound") {
        return hub_error_kind::module_not_found;
    }
    const bool device = details.code == 404001 || details.symbolic_code == "DeviceNotFound";
    return device ? hub_error_kind::device_not_found : hub_error_kind::not_found;
}

hub_error_kind conflict_kind(const hub_error_details& details, error_subject subject) {
    const bool module_exists = details.code == 409301 ||
                               details.symbolic_code == "ModuleAlreadyExistsOnDevice" ||
                               (subject == error_subject::module_identity &&
                                details.symbolic_code == "DeviceAlreadyExists");
    if (module_exists) {
        return hub_error_kind::module_already_exists;
    }
    const bool device = details.code == 409001 || details.symbolic_code == "DeviceAlreadyExists";
    return device ? hub_error_kind::device_already_exists : hub_error_kind::conflict;
}

// Most often that a method is not for the address; of a job, that it is too late.
hub_error_kind not_allowed_kind(const hub_error_details& details) {
    const bool state =
        details.code == number(errc::operation_not_allowed_in_current_state) ||
        details.symbolic_code == symbolic_name(errc::operation_not_allowed_in_current_state);
    return state ? hub_error_kind::conflict : hub_error_kind::protocol;
}

hub_error_kind kind_of(const hub_error_details& details, error_subject subject) {
    switch (details.http_status) {
    case 400:
        return hub_error_kind::argument_invalid;
    case 401:
        return hub_error_kind::unauthorized;
    case 403:
        return hub_error_kind::quota_exceeded;
    case 404:
        return not_found_kind(details, subject);
    case 405:
        return not_allowed_kind(details);
    case 409:
        return conflict_kind(details, subject);
    case 412:
        return hub_error_kind::precondition_failed;
    case 413:
        return hub_error_kind::too_large;
    case 429:
        return hub_error_kind::throttled;
    default:
        return details.http_status >= 500 ? hub_error_kind::server_error : hub_error_kind::protocol;
    }
}

void make_one_line(std::string& text) {
    text.resize(std::min(text.size(), max_message));
    std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
}

} // namespace

hub_error_details read_error(const error_answer& answer) {
    hub_error_details details;
    details.http_status = answer.status;
    const json envelope = parse_object(answer.body);
    if (envelope.contains("Message")) {
        read_named(envelope, details);
    } else {
        read_numbered(envelope, details);
    }
    if (!answer.symbolic_code.empty()) {
        details.symbolic_code = answer.symbolic_code;
    }
    if (const auto named = errc_named(details.symbolic_code); named && details.code == 0) {
        details.code = number(*named);
    }
    if (details.message.empty()) {
        details.message = "The hub answered with status " + std::to_string(answer.status);
    }
    make_one_line(details.message);
    make_one_line(details.symbolic_code);
    make_one_line(details.tracking_id);
    details.kind = kind_of(details, answer.subject);
    return details;
}

} // namespace iothub::client
