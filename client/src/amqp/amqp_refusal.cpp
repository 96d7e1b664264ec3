#include "client/src/amqp/amqp_refusal.hpp"

#include <algorithm>
#include <string_view>

#include "client/src/error_response.hpp"
#include "common/errc.hpp"

namespace iothub::client {

namespace {

constexpr int no_status = 0;

struct condition_kind {
    std::string_view condition;
    hub_error_kind kind;
};

constexpr condition_kind kinds[] = {
    {"amqp:not-found", hub_error_kind::not_found},
    {"amqp:unauthorized-access", hub_error_kind::unauthorized},
    {"amqp:resource-limit-exceeded", hub_error_kind::quota_exceeded},
    {"amqp:link:message-size-exceeded", hub_error_kind::too_large},
    {"amqp:not-allowed", hub_error_kind::argument_invalid},
    {"amqp:invalid-field", hub_error_kind::argument_invalid},
    {"amqp:link:stolen", hub_error_kind::conflict},
    {"amqp:internal-error", hub_error_kind::server_error},
    {"amqp:connection:forced", hub_error_kind::network},
    {"amqp:link:detach-forced", hub_error_kind::network},
    {"com.microsoft:argument-error", hub_error_kind::argument_invalid},
    {"com.microsoft:argument-out-of-range", hub_error_kind::argument_invalid},
    {"com.microsoft:precondition-failed", hub_error_kind::precondition_failed},
    {"com.microsoft:message-lock-lost", hub_error_kind::precondition_failed},
    {"com.microsoft:device-container-throttled", hub_error_kind::throttled},
    {"com.microsoft:server-busy", hub_error_kind::throttled},
    {"com.microsoft:timeout", hub_error_kind::time_out},
};

hub_error_kind kind_of(const std::string& condition) {
    const auto* found = std::ranges::find(kinds, condition, &condition_kind::condition);
    return found == std::end(kinds) ? hub_error_kind::protocol : found->kind;
}

// A description that is no document is the message itself.
hub_error_details read_description(int status, const std::string& description) {
    hub_error_details details = read_error({.status = status, .body = description});
    if (!description.empty() && !description.starts_with('{')) {
        details.message = description.substr(0, description.find_first_of("\r\n"));
    }
    details.http_status = no_status;
    return details;
}

} // namespace

hub_error_details read_refusal(const amqp_refusal& refusal) {
    hub_error_details details = read_description(refusal.code / 1000, refusal.description);
    if (refusal.description.empty()) {
        details.message = "The hub refused it: " + refusal.condition;
    }
    if (refusal.code == 0) {
        details.kind = kind_of(refusal.condition);
    }
    details.code = details.code == 0 ? refusal.code : details.code;
    if (details.tracking_id.empty()) {
        details.tracking_id = refusal.tracking_id;
    }
    return details;
}

hub_error_details read_refused_request(int status, const std::string& description) {
    return read_description(status, description);
}

} // namespace iothub::client
