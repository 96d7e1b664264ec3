#include "common/errc.hpp"

namespace iothub {

std::string_view symbolic_name(errc code) {
    switch (code) {
    case errc::generic_bad_request:
        return "GenericBadRequest";
    case errc::invalid_protocol_version:
        return "InvalidProtocolVersion";
    case errc::invalid_operation:
        return "InvalidOperation";
    case errc::argument_invalid:
        return "ArgumentInvalid";
    case errc::argument_null:
        return "ArgumentNull";
    case errc::format_error:
        return "IotHubFormatError";
    case errc::deserialization_error:
        return "DeserializationError";
    case errc::default_storage_endpoint_not_configured:
        return "DefaultStorageEndpointNotConfigured";
    case errc::invalid_file_upload_correlation_id:
        return "InvalidFileUploadCorrelationId";
    case errc::connection_forcefully_closed_on_new_connection:
        return "ConnectionForcefullyClosedOnNewConnection";
    case errc::invalid_device_scope:
        return "InvalidDeviceScope";
    case errc::cannot_register_module_to_module:
        return "CannotRegisterModuleToModule";
    case errc::iothub_not_found:
        return "IotHubNotFound";
    case errc::unauthorized_access:
        return "IotHubUnauthorizedAccess";
    case errc::unauthorized:
        return "IotHubUnauthorized";
    case errc::quota_exceeded:
        return "IotHubQuotaExceeded";
    case errc::too_many_uploads:
        return "DeviceMaximumActiveFileUploadLimitExceeded";
    case errc::device_maximum_queue_depth_exceeded:
        return "DeviceMaximumQueueDepthExceeded";
    case errc::device_disabled:
        return "DeviceDisabled";
    case errc::too_many_methods:
        return "DeviceMaximumInflightMethodExceeded";
    case errc::generic_not_found:
        return "GenericNotFound";
    case errc::device_not_found:
        return "DeviceNotFound";
    case errc::module_not_found:
        return "ModuleNotFound";
    case errc::device_not_online:
        return "DeviceNotOnline";
    case errc::connection_closed_remotely:
        return "DeviceConnectionClosedRemotely";
    case errc::method_not_allowed:
        return "GenericMethodNotAllowed";
    case errc::device_already_exists:
        return "DeviceAlreadyExists";
    case errc::module_already_exists:
        return "ModuleAlreadyExistsOnDevice";
    case errc::precondition_failed:
        return "PreconditionFailed";
    case errc::device_message_lock_lost:
        return "DeviceMessageLockLost";
    case errc::message_too_large:
        return "MessageTooLarge";
    case errc::too_many_modules:
        return "TooManyModulesOnDevice";
    case errc::unsupported_media_type:
        return "GenericUnsupportedMediaType";
    case errc::throttling:
        return "ThrottlingException";
    case errc::server_error:
        return "ServerError";
    case errc::bad_device_response:
        return "GenericBadGateway";
    case errc::service_unavailable:
        return "ServiceUnavailable";
    case errc::gateway_timeout:
        return "GatewayTimeout";
    }
    return "ServerError";
}

} // namespace iothub
