#include "common/errc.hpp"

#include <algorithm>
#include <array>

namespace iothub {

namespace {

struct named_code {
    errc code;
    std::string_view name;
};

constexpr std::array names{
    named_code{errc::generic_bad_request, "GenericBadRequest"},
    named_code{errc::invalid_protocol_version, "InvalidProtocolVersion"},
    named_code{errc::invalid_operation, "InvalidOperation"},
    named_code{errc::argument_invalid, "ArgumentInvalid"},
    named_code{errc::argument_null, "ArgumentNull"},
    named_code{errc::format_error, "IotHubFormatError"},
    named_code{errc::blob_container_validation_error, "BlobContainerValidationError"},
    named_code{errc::device_defined_multiple_times, "DeviceDefinedMultipleTimes"},
    named_code{errc::deserialization_error, "DeserializationError"},
    named_code{errc::bulk_registry_operation_failure, "BulkRegistryOperationFailure"},
    named_code{errc::default_storage_endpoint_not_configured,
               "DefaultStorageEndpointNotConfigured"},
    named_code{errc::invalid_file_upload_correlation_id, "InvalidFileUploadCorrelationId"},
    named_code{errc::etag_does_not_match, "EtagDoesNotMatch"},
    named_code{errc::request_timed_out, "RequestTimedOut"},
    named_code{errc::connection_forcefully_closed_on_new_connection,
               "ConnectionForcefullyClosedOnNewConnection"},
    named_code{errc::invalid_device_scope, "InvalidDeviceScope"},
    named_code{errc::managed_identity_not_enabled, "ManagedIdentityNotEnabled"},
    named_code{errc::invalid_policy_key, "InvalidPolicyKey"},
    named_code{errc::bulk_regenerate_device_key_operation_failure,
               "BulkRegenerateDeviceKeyOperationFailure"},
    named_code{errc::cannot_register_module_to_module, "CannotRegisterModuleToModule"},
    named_code{errc::invalid_configuration_target_condition, "InvalidConfigurationTargetCondition"},
    named_code{errc::invalid_configuration_content, "InvalidConfigurationContent"},
    named_code{errc::invalid_configuration_custom_metrics_query,
               "InvalidConfigurationCustomMetricsQuery"},
    named_code{errc::invalid_digital_twin_json_patch, "InvalidDigitalTwinJsonPatch"},
    named_code{errc::invalid_digital_twin_payload, "InvalidDigitalTwinPayload"},
    named_code{errc::invalid_digital_twin_patch, "InvalidDigitalTwinPatch"},
    named_code{errc::invalid_digital_twin_patch_path, "InvalidDigitalTwinPatchPath"},
    named_code{errc::iothub_not_found, "IotHubNotFound"},
    named_code{errc::unauthorized_access, "IotHubUnauthorizedAccess"},
    named_code{errc::unauthorized, "IotHubUnauthorized"},
    named_code{errc::system_module_modify_unauthorized_access,
               "SystemModuleModifyUnauthorizedAccess"},
    named_code{errc::quota_exceeded, "IotHubQuotaExceeded"},
    named_code{errc::job_quota_exceeded, "JobQuotaExceeded"},
    named_code{errc::device_maximum_queue_depth_exceeded, "DeviceMaximumQueueDepthExceeded"},
    named_code{errc::too_many_uploads, "DeviceMaximumActiveFileUploadLimitExceeded"},
    named_code{errc::device_disabled, "DeviceDisabled"},
    named_code{errc::too_many_methods, "DeviceMaximumInflightMethodExceeded"},
    named_code{errc::generic_not_found, "GenericNotFound"},
    named_code{errc::device_not_found, "DeviceNotFound"},
    named_code{errc::job_not_found, "JobNotFound"},
    named_code{errc::module_not_found, "ModuleNotFound"},
    named_code{errc::device_not_online, "DeviceNotOnline"},
    named_code{errc::connection_closed_remotely, "DeviceConnectionClosedRemotely"},
    named_code{errc::configuration_not_found, "ConfigurationNotFound"},
    named_code{errc::method_not_allowed, "GenericMethodNotAllowed"},
    named_code{errc::operation_not_allowed_in_current_state, "OperationNotAllowedInCurrentState"},
    named_code{errc::device_already_exists, "DeviceAlreadyExists"},
    named_code{errc::job_already_exists, "JobAlreadyExists"},
    named_code{errc::module_already_exists, "ModuleAlreadyExistsOnDevice"},
    named_code{errc::configuration_already_exists, "ConfigurationAlreadyExists"},
    named_code{errc::precondition_failed, "PreconditionFailed"},
    named_code{errc::device_message_lock_lost, "DeviceMessageLockLost"},
    named_code{errc::message_too_large, "MessageTooLarge"},
    named_code{errc::too_many_devices, "TooManyDevices"},
    named_code{errc::too_many_modules, "TooManyModulesOnDevice"},
    named_code{errc::configuration_count_limit_exceeded, "ConfigurationCountLimitExceeded"},
    named_code{errc::unsupported_media_type, "GenericUnsupportedMediaType"},
    named_code{errc::throttling, "ThrottlingException"},
    named_code{errc::throttling_backlog_timeout, "ThrottlingBacklogTimeout"},
    named_code{errc::throttling_max_active_job_count_exceeded,
               "ThrottlingMaxActiveJobCountExceeded"},
    named_code{errc::server_error, "ServerError"},
    named_code{errc::bad_device_response, "GenericBadGateway"},
    named_code{errc::service_unavailable, "ServiceUnavailable"},
    named_code{errc::gateway_timeout, "GatewayTimeout"},
};

} // namespace

std::string_view symbolic_name(errc code) {
    const auto* found = std::ranges::find(names, code, &named_code::code);
    return found == names.end() ? "ServerError" : found->name;
}

std::optional<errc> errc_named(std::string_view symbolic_name) {
    const auto* found = std::ranges::find(names, symbolic_name, &named_code::name);
    return found == names.end() ? std::nullopt : std::optional(found->code);
}

} // namespace iothub
