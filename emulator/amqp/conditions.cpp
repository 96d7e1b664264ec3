#include "emulator/amqp/conditions.hpp"

#include <cstdint>
#include <string>

#include "emulator/session/error_body.hpp"

namespace iothub::amqp {

namespace {

const char* name_of(errc code) {
    switch (code) {
    case errc::invalid_operation:
    case errc::operation_not_allowed_in_current_state:
    case errc::method_not_allowed:
        return "amqp:not-allowed";
    case errc::argument_invalid:
    case errc::argument_null:
    case errc::format_error:
    case errc::deserialization_error:
        return "com.microsoft:argument-error";
    case errc::unauthorized:
    case errc::unauthorized_access:
    case errc::device_disabled:
        return "amqp:unauthorized-access";
    case errc::device_not_found:
    case errc::module_not_found:
    case errc::generic_not_found:
        return "amqp:not-found";
    case errc::device_message_lock_lost:
        return "com.microsoft:message-lock-lost";
    case errc::device_maximum_queue_depth_exceeded:
    case errc::quota_exceeded:
        return "amqp:resource-limit-exceeded";
    case errc::precondition_failed:
        return "com.microsoft:precondition-failed";
    case errc::message_too_large:
        return "amqp:link:message-size-exceeded";
    case errc::throttling:
    case errc::throttling_backlog_timeout:
        return "com.microsoft:device-container-throttled";
    case errc::gateway_timeout:
    case errc::request_timed_out:
        return "com.microsoft:timeout";
    case errc::connection_forcefully_closed_on_new_connection:
    case errc::connection_closed_remotely:
        return "amqp:connection:forced";
    default:
        return "amqp:internal-error";
    }
}

} // namespace

condition condition_of(core::hub& hub, const error& reason) {
    const std::string tracking_id = session::make_tracking_id(hub);
    return {name_of(reason.code),
            session::error_body(hub, reason, tracking_id),
            {{symbol{"com.microsoft:tracking-id"}, tracking_id},
             {symbol{"com.microsoft:error-code"}, std::int32_t{number(reason.code)}}}};
}

} // namespace iothub::amqp
