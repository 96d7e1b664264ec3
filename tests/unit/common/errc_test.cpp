#include "common/errc.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("an error code has the number, status and name of the hub's own table", "[errc]") {
    const auto [code, expected_number, name] = GENERATE(table<errc, int, std::string>({
        {errc::generic_bad_request, 400000, "GenericBadRequest"},
        {errc::invalid_protocol_version, 400001, "InvalidProtocolVersion"},
        {errc::invalid_operation, 400003, "InvalidOperation"},
        {errc::argument_invalid, 400004, "ArgumentInvalid"},
        {errc::argument_null, 400005, "ArgumentNull"},
        {errc::format_error, 400006, "IotHubFormatError"},
        {errc::deserialization_error, 400012, "DeserializationError"},
        {errc::connection_forcefully_closed_on_new_connection, 400027,
         "ConnectionForcefullyClosedOnNewConnection"},
        {errc::invalid_device_scope, 400028, "InvalidDeviceScope"},
        {errc::managed_identity_not_enabled, 400032, "ManagedIdentityNotEnabled"},
        {errc::cannot_register_module_to_module, 400301, "CannotRegisterModuleToModule"},
        {errc::iothub_not_found, 401001, "IotHubNotFound"},
        {errc::unauthorized_access, 401002, "IotHubUnauthorizedAccess"},
        {errc::unauthorized, 401003, "IotHubUnauthorized"},
        {errc::quota_exceeded, 403002, "IotHubQuotaExceeded"},
        {errc::device_maximum_queue_depth_exceeded, 403004, "DeviceMaximumQueueDepthExceeded"},
        {errc::device_disabled, 403012, "DeviceDisabled"},
        {errc::generic_not_found, 404000, "GenericNotFound"},
        {errc::device_not_found, 404001, "DeviceNotFound"},
        {errc::module_not_found, 404010, "ModuleNotFound"},
        {errc::device_not_online, 404103, "DeviceNotOnline"},
        {errc::method_not_allowed, 405000, "GenericMethodNotAllowed"},
        {errc::device_already_exists, 409001, "DeviceAlreadyExists"},
        {errc::module_already_exists, 409301, "ModuleAlreadyExistsOnDevice"},
        {errc::precondition_failed, 412001, "PreconditionFailed"},
        {errc::device_message_lock_lost, 412002, "DeviceMessageLockLost"},
        {errc::message_too_large, 413001, "MessageTooLarge"},
        {errc::too_many_modules, 413003, "TooManyModulesOnDevice"},
        {errc::unsupported_media_type, 415000, "GenericUnsupportedMediaType"},
        {errc::throttling, 429001, "ThrottlingException"},
        {errc::server_error, 500001, "ServerError"},
        {errc::service_unavailable, 503001, "ServiceUnavailable"},
        {errc::gateway_timeout, 504101, "GatewayTimeout"},
    }));
    CHECK(number(code) == expected_number);
    CHECK(http_status(code) == expected_number / 1000);
    CHECK(symbolic_name(code) == name);
    CHECK(errc_named(name) == code);
}

TEST_CASE("a code that is in no table is named as the hub's own fault", "[errc]") {
    CHECK(symbolic_name(static_cast<errc>(1)) == "ServerError");
}

TEST_CASE("a name that is in no table has no code", "[errc]") {
    CHECK_FALSE(errc_named(GENERATE("", "devicenotfound", "LinkCreationConflict")));
}

} // namespace iothub
