#include "iothub/hub_error.hpp"

#include <array>
#include <utility>

#include "client/src/error_details.hpp"

namespace iothub {

namespace {

constexpr std::array<std::pair<hub_error_kind, std::string_view>, 17> kind_names{{
    {hub_error_kind::argument_invalid, "argument_invalid"},
    {hub_error_kind::unauthorized, "unauthorized"},
    {hub_error_kind::quota_exceeded, "quota_exceeded"},
    {hub_error_kind::not_found, "not_found"},
    {hub_error_kind::device_not_found, "device_not_found"},
    {hub_error_kind::module_not_found, "module_not_found"},
    {hub_error_kind::conflict, "conflict"},
    {hub_error_kind::device_already_exists, "device_already_exists"},
    {hub_error_kind::module_already_exists, "module_already_exists"},
    {hub_error_kind::precondition_failed, "precondition_failed"},
    {hub_error_kind::too_large, "too_large"},
    {hub_error_kind::throttled, "throttled"},
    {hub_error_kind::server_error, "server_error"},
    {hub_error_kind::time_out, "time_out"},
    {hub_error_kind::network, "network"},
    {hub_error_kind::client_closed, "client_closed"},
    {hub_error_kind::protocol, "protocol"},
}};

std::string text_of(const hub_error_details& details) {
    std::string text = details.message;
    if (!details.symbolic_code.empty()) {
        text += " [" + details.symbolic_code +
                (details.code != 0 ? " " + std::to_string(details.code) : "") + "]";
    }
    return text;
}

template <std::size_t... Index>
std::exception_ptr typed_exception(const hub_error_details& details,
                                   std::index_sequence<Index...>) {
    std::exception_ptr made;
    ((details.kind == kind_names[Index].first
          ? void(made = std::make_exception_ptr(hub_error_of<kind_names[Index].first>(details)))
          : void()),
     ...);
    return made;
}

} // namespace

std::string_view to_string(hub_error_kind kind) {
    for (const auto& [known, name] : kind_names) {
        if (known == kind) {
            return name;
        }
    }
    return "unknown";
}

hub_error::hub_error(hub_error_details details)
    : std::runtime_error(text_of(details))
    , details_(std::make_shared<const hub_error_details>(std::move(details))) {}

bool hub_error::is_transient() const noexcept {
    switch (kind()) {
    case hub_error_kind::throttled:
    case hub_error_kind::server_error:
    case hub_error_kind::time_out:
    case hub_error_kind::network:
        return true;
    default:
        return false;
    }
}

namespace client {

std::exception_ptr to_exception(const hub_error_details& details) {
    return typed_exception(details, std::make_index_sequence<kind_names.size()>{});
}

void throw_error(const hub_error_details& details) {
    std::rethrow_exception(to_exception(details));
}

void throw_error(hub_error_kind kind, std::string message) {
    throw_error({.kind = kind, .message = std::move(message)});
}

void throw_argument_invalid(std::string message) {
    throw_error(hub_error_kind::argument_invalid, std::move(message));
}

} // namespace client

} // namespace iothub
