#include "emulator/core/registry/identity_document.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/json_writer.hpp"
#include "common/member_reader.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::pair<authentication_type, std::string_view>, 4> authentication_names{{
    {authentication_type::sas, "sas"},
    {authentication_type::self_signed, "selfSigned"},
    {authentication_type::certificate_authority, "certificateAuthority"},
    {authentication_type::none, "none"},
}};

void write_key(json_writer& to, std::string_view name, const std::string& key) {
    key.empty() ? to.key(name).raw("null") : to.member(name, key);
}

// `type` stands last: .NET sets it anew with each of the others.
void write_authentication(json_writer& to, const authentication& a) {
    to.key("authentication").begin_object();
    to.key("symmetricKey").begin_object();
    write_key(to, "primaryKey", a.primary_key);
    write_key(to, "secondaryKey", a.secondary_key);
    to.end_object();
    to.key("x509Thumbprint").begin_object();
    to.member("primaryThumbprint", a.primary_thumbprint);
    to.member("secondaryThumbprint", a.secondary_thumbprint).end_object();
    to.member("type", authentication_name(a.type)).end_object();
}

std::string time_text(timestamp time, moment when) {
    const bool bare = time == never && when == moment::creation;
    return bare ? iso_8601_without_zone(time) : iso_8601(time);
}

std::string_view connection_state(const identity& id) {
    return id.connected ? "Connected" : "Disconnected";
}

void write_edge_members(json_writer& to, const identity& id) {
    to.key("capabilities").begin_object().member("iotEdge", id.iot_edge).end_object();
    if (id.device_scope) {
        to.member("deviceScope", id.device_scope);
    }
    to.key("parentScopes").begin_array();
    for (const std::string& scope : id.parent_scopes) {
        to.value(scope);
    }
    to.end_array();
}

void write_device(json_writer& to, const identity& id, moment when) {
    to.member("deviceId", id.key.device_id).member("generationId", id.generation_id);
    to.member("etag", etag_text(id)).member("connectionState", connection_state(id));
    to.member("status", id.enabled ? "enabled" : "disabled");
    to.member("statusReason", id.status_reason);
    to.member("connectionStateUpdatedTime", time_text(id.activity.connection_state_updated, when));
    to.member("statusUpdatedTime", time_text(id.status_updated, when));
    to.member("lastActivityTime", time_text(id.activity.last_activity, when));
    to.member("cloudToDeviceMessageCount", id.waiting_messages);
    write_authentication(to, id.authentication);
    write_edge_members(to, id);
    if (!id.attributes.empty()) {
        to.key("attributes").raw(id.attributes);
    }
}

void write_module(json_writer& to, const identity& id, moment when) {
    to.member("moduleId", id.key.module_id).member("managedBy", id.managed_by);
    to.member("deviceId", id.key.device_id).member("generationId", id.generation_id);
    to.member("etag", etag_text(id)).member("connectionState", connection_state(id));
    to.member("connectionStateUpdatedTime", time_text(id.activity.connection_state_updated, when));
    to.member("lastActivityTime", time_text(id.activity.last_activity, when));
    to.member("cloudToDeviceMessageCount", id.waiting_messages);
    write_authentication(to, id.authentication);
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

std::string identity_text(const identity& id, moment when) {
    json_writer text;
    text.begin_object();
    if (id.key.is_module()) {
        write_module(text, id, when);
    } else {
        write_device(text, id, when);
    }
    return text.end_object().take();
}

json identity_document(const identity& id, moment when) {
    constexpr json_limits none{.depth = SIZE_MAX, .values = SIZE_MAX}; // attributes had theirs
    return parse_json(identity_text(id, when), none).value();
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
