#pragma once
// The hub's own error codes (service-side specification §4.2): a six-digit number whose first three
// digits are the HTTP status, and a symbolic name that goes into `iothub-errorcode` and the body.
// Each transport maps them to its wire in one place.

#include <string_view>

namespace iothub {

enum class errc : int {
    generic_bad_request = 400000,
    invalid_protocol_version = 400001,
    invalid_operation = 400003,
    argument_invalid = 400004,
    argument_null = 400005,
    format_error = 400006,
    deserialization_error = 400012,
    default_storage_endpoint_not_configured = 400014,
    invalid_file_upload_correlation_id = 400015,
    connection_forcefully_closed_on_new_connection = 400027,
    invalid_device_scope = 400028,
    cannot_register_module_to_module = 400301,
    iothub_not_found = 401001,
    unauthorized_access = 401002,
    unauthorized = 401003,
    quota_exceeded = 403002,
    device_maximum_queue_depth_exceeded = 403004,
    too_many_uploads = 403006,
    device_disabled = 403012,
    too_many_methods = 403800,
    generic_not_found = 404000,
    device_not_found = 404001,
    module_not_found = 404010,
    device_not_online = 404103,
    connection_closed_remotely = 404104,
    method_not_allowed = 405000,
    device_already_exists = 409001,
    module_already_exists = 409301,
    precondition_failed = 412001,
    device_message_lock_lost = 412002,
    message_too_large = 413001,
    too_many_modules = 413003,
    unsupported_media_type = 415000,
    throttling = 429001,
    server_error = 500001,
    bad_device_response = 502000,
    service_unavailable = 503001,
    gateway_timeout = 504101,
};

// The symbolic name as the hub writes it: `DeviceNotFound` for errc::device_not_found.
std::string_view symbolic_name(errc code);

constexpr int number(errc code) {
    return static_cast<int>(code);
}
constexpr int http_status(errc code) {
    return number(code) / 1000;
}

} // namespace iothub
