#include "emulator/core/twins/twin_document.hpp"

#include <optional>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/registry/identity_document.hpp"

namespace iothub::core {

namespace {

// The user's members first, then $metadata, then $version.
json describe(const twin_section& section) {
    json s = section.values;
    s["$metadata"] = section.metadata;
    s["$version"] = section.version;
    return s;
}

json describe_thumbprints(const authentication& a) {
    const auto text = [](const std::optional<std::string>& t) { return t ? json(*t) : json(); };
    return {{"primaryThumbprint", text(a.primary_thumbprint)},
            {"secondaryThumbprint", text(a.secondary_thumbprint)}};
}

void describe_owner(json& d, const identity& owner) {
    d["deviceEtag"] = etag_text(owner);
    d["status"] = owner.enabled ? "enabled" : "disabled";
    if (owner.status_reason) {
        d["statusReason"] = *owner.status_reason;
    }
    d["statusUpdateTime"] = iso_8601(owner.status_updated);
    d["connectionState"] = owner.connected ? "Connected" : "Disconnected";
    d["lastActivityTime"] = iso_8601(owner.activity.last_activity);
    d["cloudToDeviceMessageCount"] = owner.waiting_messages;
    d["authenticationType"] = authentication_name(owner.authentication.type);
    d["x509Thumbprint"] = describe_thumbprints(owner.authentication);
}

void describe_place(json& d, const identity& owner) {
    d["capabilities"] = {{"iotEdge", owner.iot_edge}};
    if (owner.device_scope) {
        d["deviceScope"] = *owner.device_scope;
    }
    if (!owner.parent_scopes.empty()) {
        d["parentScopes"] = owner.parent_scopes;
    }
    if (!owner.attributes.empty()) {
        d["attributes"] = parse_json(owner.attributes).value();
    }
}

// The member, null included; nothing where it is absent.
std::optional<json> find_section(const json& object, const char* name, const char* full_name,
                                 std::optional<error>& fault) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return std::nullopt;
    }
    if (!found->is_object() && !found->is_null()) {
        member_reader(object, fault).refuse(full_name, "must be an object or null");
    }
    return *found;
}

} // namespace

json twin_document(const twin& t, const identity& owner) {
    json d{{"deviceId", t.key.device_id}};
    if (t.key.is_module()) {
        d["moduleId"] = t.key.module_id;
    }
    d["etag"] = etag_text(t);
    describe_owner(d, owner);
    if (!t.model_id.empty()) {
        d["modelId"] = t.model_id;
    }
    d["version"] = t.version;
    if (!t.tags.empty()) {
        d["tags"] = t.tags;
    }
    d["properties"] = {{"desired", describe(t.desired)}, {"reported", describe(t.reported)}};
    if (!t.key.is_module()) {
        describe_place(d, owner);
    }
    if (!t.configurations.empty()) {
        d["configurations"] = t.configurations;
    }
    return d;
}

result<twin_change> read_twin_change(const json& document) {
    std::optional<error> fault;
    twin_change change;
    change.tags = find_section(document, "tags", "tags", fault);
    const auto properties = find_section(document, "properties", "properties", fault);
    if (properties && properties->is_object()) {
        change.desired = find_section(*properties, "desired", "properties.desired", fault);
    }
    if (fault) {
        return *fault;
    }
    return change;
}

} // namespace iothub::core
