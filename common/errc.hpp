#pragma once
// The hub's own error codes (service-side specification §4.2): a six-digit number whose first three
// digits are the HTTP status, and a symbolic name that goes into `iothub-errorcode` and the body.
// Each transport maps them to its wire in one place.

#include <optional>
#include <string_view>

namespace iothub {

enum class errc : int {
    generic_bad_request = 400000,
    invalid_protocol_version = 400001,
    invalid_operation = 400003,
    argument_invalid = 400004,
    argument_null = 400005,
    format_error = 400006,
    blob_container_validation_error = 400008,
    device_defined_multiple_times = 400011,
    deserialization_error = 400012,
    bulk_registry_operation_failure = 400013,
    default_storage_endpoint_not_configured = 400014,
    invalid_file_upload_correlation_id = 400015,
    etag_does_not_match = 400023,
    request_timed_out = 400024,
    connection_forcefully_closed_on_new_connection = 400027,
    invalid_device_scope = 400028,
    managed_identity_not_enabled = 400032,
    invalid_policy_key = 400035,
    bulk_regenerate_device_key_operation_failure = 400036,
    cannot_register_module_to_module = 400301,
    invalid_configuration_target_condition = 400401,
    invalid_configuration_content = 400402,
    invalid_configuration_custom_metrics_query = 400404,
    invalid_digital_twin_json_patch = 400505,
    invalid_digital_twin_payload = 400506,
    invalid_digital_twin_patch = 400507,
    invalid_digital_twin_patch_path = 400508,
    iothub_not_found = 401001,
    unauthorized_access = 401002,
    unauthorized = 401003,
    system_module_modify_unauthorized_access = 401100,
    quota_exceeded = 403002,
    job_quota_exceeded = 403003,
    device_maximum_queue_depth_exceeded = 403004,
    too_many_uploads = 403006,
    device_disabled = 403012,
    too_many_methods = 403800,
    generic_not_found = 404000,
    device_not_found = 404001,
    job_not_found = 404002,
    module_not_found = 404010,
    device_not_online = 404103,
    connection_closed_remotely = 404104,
    configuration_not_found = 404301,
    method_not_allowed = 405000,
    operation_not_allowed_in_current_state = 405102,
    device_already_exists = 409001,
    job_already_exists = 409104,
    module_already_exists = 409301,
    configuration_already_exists = 409401,
    precondition_failed = 412001,
    device_message_lock_lost = 412002,
    message_too_large = 413001,
    too_many_devices = 413002,
    too_many_modules = 413003,
    configuration_count_limit_exceeded = 413101,
    unsupported_media_type = 415000,
    throttling = 429001,
    throttling_backlog_timeout = 429003,
    throttling_max_active_job_count_exceeded = 429004,
    server_error = 500001,
    bad_device_response = 502000,
    service_unavailable = 503001,
    gateway_timeout = 504101,
};

// The symbolic name as the hub writes it: `DeviceNotFound` for errc::device_not_found.
std::string_view symbolic_name(errc code);

// The code of that name, in the case the hub writes it in; nothing where none has it.
std::optional<errc> errc_named(std::string_view symbolic_name);

constexpr int number(errc code) {
    return static_cast<int>(code);
}
constexpr int http_status(errc code) {
    return number(code) / 1000;
}

} // namespace iothub
