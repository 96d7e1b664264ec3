#include "client/src/registry/identity_documents.hpp"

#include <array>
#include <utility>

#include "client/src/registry/document_members.hpp"
#include "common/json.hpp"

namespace iothub::client {

namespace {

constexpr std::array<std::pair<authentication_type, const char*>, 4> type_names{{
    {authentication_type::sas, "sas"},
    {authentication_type::self_signed, "selfSigned"},
    {authentication_type::certificate_authority, "certificateAuthority"},
    {authentication_type::none, "none"},
}};

json authentication_document(const authentication_mechanism& mechanism) {
    json document = json::object();
    if (mechanism.type == authentication_type::sas &&
        !mechanism.symmetric_key.primary_key.empty()) {
        document["symmetricKey"] = {{"primaryKey", mechanism.symmetric_key.primary_key},
                                    {"secondaryKey", mechanism.symmetric_key.secondary_key}};
    }
    if (mechanism.type == authentication_type::self_signed) {
        document["x509Thumbprint"] = {
            {"primaryThumbprint", mechanism.x509_thumbprint.primary_thumbprint},
            {"secondaryThumbprint", mechanism.x509_thumbprint.secondary_thumbprint}};
    }
    for (const auto& [type, name] : type_names) {
        if (type == mechanism.type) {
            document["type"] = name;
        }
    }
    return document;
}

authentication_mechanism read_authentication(const json& document) {
    authentication_mechanism mechanism;
    mechanism.type =
        named(type_names, value_of<std::string>(document, "type"), authentication_type::sas);
    const json& keys = object_of(document, "symmetricKey");
    mechanism.symmetric_key = {value_of<std::string>(keys, "primaryKey"),
                               value_of<std::string>(keys, "secondaryKey")};
    const json& thumbprints = object_of(document, "x509Thumbprint");
    mechanism.x509_thumbprint = {value_of<std::string>(thumbprints, "primaryThumbprint"),
                                 value_of<std::string>(thumbprints, "secondaryThumbprint")};
    return mechanism;
}

// What both kinds have.
template <class Identity>
void read_common(const json& document, Identity& identity) {
    identity.device_id = value_of<std::string>(document, "deviceId");
    identity.generation_id = value_of<std::string>(document, "generationId");
    identity.etag = value_of<std::string>(document, "etag");
    identity.connected = value_of<std::string>(document, "connectionState") == "Connected";
    identity.connection_state_updated_time = time_of(document, "connectionStateUpdatedTime");
    identity.last_activity_time = time_of(document, "lastActivityTime");
    identity.cloud_to_device_message_count =
        value_of<std::int64_t>(document, "cloudToDeviceMessageCount");
    identity.authentication = read_authentication(object_of(document, "authentication"));
}

template <class Identity, class Read>
Identity checked(const json& document, Read read) {
    return read_document(document, "identity document", [&] {
        Identity identity;
        document.at("deviceId").get_ref<const std::string&>();
        read_common(document, identity);
        read(identity);
        return identity;
    });
}

} // namespace

json to_document(const device_identity& device) {
    json document = {{"deviceId", device.device_id}};
    if (!device.etag.empty()) {
        document["etag"] = device.etag;
    }
    document["status"] = device.enabled ? "enabled" : "disabled";
    if (!device.status_reason.empty()) {
        document["statusReason"] = device.status_reason;
    }
    document["authentication"] = authentication_document(device.authentication);
    document["capabilities"] = {{"iotEdge", device.iot_edge}};
    if (!device.device_scope.empty()) {
        document["deviceScope"] = device.device_scope;
    }
    if (!device.parent_scopes.empty()) {
        document["parentScopes"] = device.parent_scopes;
    }
    if (!device.attributes.is_null()) {
        document["attributes"] = *device.attributes;
    }
    return document;
}

json to_document(const module_identity& identity) {
    json document = {{"moduleId", identity.module_id}};
    if (!identity.managed_by.empty()) {
        document["managedBy"] = identity.managed_by;
    }
    document["deviceId"] = identity.device_id;
    if (!identity.etag.empty()) {
        document["etag"] = identity.etag;
    }
    document["authentication"] = authentication_document(identity.authentication);
    return document;
}

device_identity read_device(const json& document) {
    return checked<device_identity>(document, [&](device_identity& device) {
        device.enabled = value_of<std::string>(document, "status") != "disabled";
        device.status_reason = value_of<std::string>(document, "statusReason");
        device.status_updated_time = time_of(document, "statusUpdatedTime");
        device.iot_edge = value_of<bool>(object_of(document, "capabilities"), "iotEdge");
        device.device_scope = value_of<std::string>(document, "deviceScope");
        device.parent_scopes = value_of<std::vector<std::string>>(document, "parentScopes");
        device.attributes = value_of<json>(document, "attributes");
    });
}

module_identity read_module(const json& document) {
    return checked<module_identity>(document, [&](module_identity& identity) {
        identity.module_id = document.at("moduleId").get<std::string>();
        identity.managed_by = value_of<std::string>(document, "managedBy");
    });
}

} // namespace iothub::client
