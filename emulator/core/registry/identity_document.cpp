#include "emulator/core/registry/identity_document.hpp"

#include <array>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/member_reader.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::pair<authentication_type, std::string_view>, 4> authentication_names{{
    {authentication_type::sas, "sas"},
    {authentication_type::self_signed, "selfSigned"},
    {authentication_type::certificate_authority, "certificateAuthority"},
    {authentication_type::none, "none"},
}};

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

json text_or_null(const std::optional<std::string>& text) {
    return text ? json(*text) : json(nullptr);
}

// Their text was once read from JSON.
json attributes_of(const identity& id) {
    return parse_json(id.attributes).value();
}

// `type` stands last: .NET sets it anew with each of the others.
json describe(const authentication& a) {
    return {{"symmetricKey",
             {{"primaryKey", text_or_null(a.primary_key)},
              {"secondaryKey", text_or_null(a.secondary_key)}}},
            {"x509Thumbprint",
             {{"primaryThumbprint", text_or_null(a.primary_thumbprint)},
              {"secondaryThumbprint", text_or_null(a.secondary_thumbprint)}}},
            {"type", authentication_name(a.type)}};
}

std::string time_text(timestamp time, moment when) {
    const bool bare = time == never && when == moment::creation;
    return bare ? iso_8601_without_zone(time) : iso_8601(time);
}

std::string_view connection_state(const identity& id) {
    return id.connected ? "Connected" : "Disconnected";
}

json device_document(const identity& id, moment when) {
    json d{{"deviceId", id.key.device_id},
           {"generationId", id.generation_id},
           {"etag", etag_text(id)},
           {"connectionState", connection_state(id)},
           {"status", id.enabled ? "enabled" : "disabled"},
           {"statusReason", text_or_null(id.status_reason)},
           {"connectionStateUpdatedTime", time_text(id.activity.connection_state_updated, when)},
           {"statusUpdatedTime", time_text(id.status_updated, when)},
           {"lastActivityTime", time_text(id.activity.last_activity, when)},
           {"cloudToDeviceMessageCount", id.waiting_messages},
           {"authentication", describe(id.authentication)},
           {"capabilities", {{"iotEdge", id.iot_edge}}}};
    if (id.device_scope) {
        d["deviceScope"] = *id.device_scope;
    }
    d["parentScopes"] = id.parent_scopes;
    if (!id.attributes.empty()) {
        d["attributes"] = attributes_of(id);
    }
    return d;
}

json module_document(const identity& id, moment when) {
    return {{"moduleId", id.key.module_id},
            {"managedBy", text_or_null(id.managed_by)},
            {"deviceId", id.key.device_id},
            {"generationId", id.generation_id},
            {"etag", etag_text(id)},
            {"connectionState", connection_state(id)},
            {"connectionStateUpdatedTime", time_text(id.activity.connection_state_updated, when)},
            {"lastActivityTime", time_text(id.activity.last_activity, when)},
            {"cloudToDeviceMessageCount", id.waiting_messages},
            {"authentication", describe(id.authentication)}};
}

// An empty string is as good as none: Node sends it for "make a key".
std::optional<std::string> present(std::optional<std::string> text) {
    return text && text->empty() ? std::nullopt : std::move(text);
}

std::optional<authentication_type> read_type(const member_reader& members) {
    const auto name = members.text("type");
    if (!name) {
        return std::nullopt;
    }
    for (const auto& [type, known] : authentication_names) {
        if (*name == known) {
            return type;
        }
    }
    members.refuse("type", "must be sas, selfSigned, certificateAuthority or none");
    return std::nullopt;
}

authentication_request read_authentication(const member_reader& members) {
    const member_reader keys = members.object("symmetricKey");
    const member_reader thumbprints = members.object("x509Thumbprint");
    return {read_type(members), keys.text("primaryKey").value_or(""),
            keys.text("secondaryKey").value_or(""), present(thumbprints.text("primaryThumbprint")),
            present(thumbprints.text("secondaryThumbprint"))};
}

// Java writes both with a capital letter.
bool read_enabled(const member_reader& members) {
    const std::string status = members.text("status").value_or("enabled");
    const bool enabled = status == "enabled" || status == "Enabled";
    if (!enabled && status != "disabled" && status != "Disabled") {
        members.refuse("status", "must be enabled or disabled");
    }
    return enabled;
}

void check_id(const member_reader& members, std::string_view name, const std::string& in_path) {
    if (members.text(name).value_or(in_path) != in_path) {
        members.refuse(name, "differs from the id in the address");
    }
}

void read_device(const member_reader& members, identity_request& into) {
    into.enabled = read_enabled(members);
    into.status_reason = members.text("statusReason");
    into.iot_edge = members.object("capabilities").flag("iotEdge");
    into.device_scope = members.text("deviceScope");
    into.parent_scopes = members.texts("parentScopes");
    into.attributes = members.object_text("attributes");
}

} // namespace

std::string_view authentication_name(authentication_type type) {
    for (const auto& [known, name] : authentication_names) {
        if (known == type) {
            return name;
        }
    }
    return "none";
}

json identity_document(const identity& id, moment when) {
    return id.key.is_module() ? module_document(id, when) : device_document(id, when);
}

void read_identity_members(const member_reader& members, identity_request& into) {
    if (into.key.is_module()) {
        into.managed_by = members.text("managedBy");
    } else {
        read_device(members, into);
    }
    into.authentication = read_authentication(members.object("authentication"));
}

result<identity_request> read_identity_document(const json& document, const identity_key& key) {
    std::optional<error> fault;
    const member_reader members(document, fault);
    identity_request request;
    request.key = key;
    check_id(members, "deviceId", key.device_id);
    if (key.is_module()) {
        check_id(members, "moduleId", key.module_id);
    }
    read_identity_members(members, request);
    if (fault) {
        return *fault;
    }
    return request;
}

} // namespace iothub::core
