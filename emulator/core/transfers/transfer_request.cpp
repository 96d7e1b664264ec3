#include "emulator/core/transfers/transfer_request.hpp"

#include "common/control_character.hpp"
#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "common/member_reader.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t max_blob_name = 1024;

transfer_type read_type(const member_reader& members) {
    const std::string name = members.text("type").value_or("");
    const auto type = transfer_type_of(name);
    if (!type) {
        members.refuse("type", "must be export or import");
    }
    return type.value_or(transfer_type::export_devices);
}

std::string read_uri(const member_reader& members, std::string_view name) {
    std::string uri = members.text(name).value_or("");
    if (uri.empty()) {
        members.refuse(name, "is missing: the URI of a container with its SAS");
    }
    return uri;
}

std::string read_blob_name(const member_reader& members, std::string_view name,
                           const char* otherwise) {
    std::string blob = members.text(name).value_or("");
    if (blob.empty()) {
        return otherwise;
    }
    if (blob.size() > max_blob_name || has_control_character(blob)) {
        members.refuse(name, "must have 1 to 1024 characters, none of them a control character");
    }
    return blob;
}

bool wants_managed_identity(const member_reader& members) {
    const std::string type = members.text("storageAuthenticationType").value_or("keyBased");
    const bool wanted = equal_ignoring_case(type, "identityBased");
    if (!wanted && !equal_ignoring_case(type, "keyBased")) {
        members.refuse("storageAuthenticationType", "must be keyBased");
    }
    return wanted;
}

} // namespace

result<transfer_request> read_transfer_request(const json& document) {
    std::optional<error> fault;
    const member_reader members(document, fault);
    transfer_request request;
    request.type = read_type(members);
    const bool imports = request.type == transfer_type::import_devices;
    const bool as_itself = wants_managed_identity(members);
    if (imports) {
        request.input_uri = read_uri(members, "inputBlobContainerUri");
    }
    request.output_uri = read_uri(members, "outputBlobContainerUri");
    request.devices_blob =
        read_blob_name(members, imports ? "inputBlobName" : "outputBlobName", "devices.txt");
    if (members.flag("includeConfigurations")) {
        request.configurations_blob =
            read_blob_name(members, "configurationsBlobName", "configurations.txt");
    }
    request.exclude_keys = members.flag("excludeKeysInExport");
    if (fault) {
        return *fault;
    }
    if (as_itself) {
        return error{errc::managed_identity_not_enabled,
                     "This hub has no managed identity: storageAuthenticationType must be "
                     "keyBased, and the URIs of the containers signed."};
    }
    return request;
}

} // namespace iothub::core
