#include "emulator/storage/sqlite/tables/identity_document.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/json_writer.hpp"

namespace iothub::storage {

namespace {

using core::authentication_type;

constexpr std::array<std::pair<authentication_type, std::string_view>, 4> type_names = {{
    {authentication_type::sas, "sas"},
    {authentication_type::self_signed, "selfSigned"},
    {authentication_type::certificate_authority, "certificateAuthority"},
    {authentication_type::none, "none"},
}};

void add(json_writer& document, const char* name, const std::optional<std::string>& value) {
    if (value) {
        document.member(name, *value);
    }
}

std::optional<std::string> optional_text(const json& document, const char* name) {
    const auto found = document.find(name);
    return found == document.end() ? std::nullopt : std::optional(found->get<std::string>());
}

std::string_view type_name(authentication_type type) {
    return std::ranges::find(type_names, type, [](const auto& known) { return known.first; })
        ->second;
}

void write_authentication(json_writer& document, const core::authentication& value) {
    document.key("authentication").begin_object();
    document.member("type", type_name(value.type));
    document.member("primaryKey", value.primary_key);
    document.member("secondaryKey", value.secondary_key);
    add(document, "primaryThumbprint", value.primary_thumbprint);
    add(document, "secondaryThumbprint", value.secondary_thumbprint);
    document.end_object();
}

bool read_authentication(const json& document, core::authentication& target) {
    const auto& name = document.at("type").get_ref<const std::string&>();
    const auto* type =
        std::ranges::find(type_names, name, [](const auto& entry) { return entry.second; });
    if (type == type_names.end()) {
        return false;
    }
    target.type = type->first;
    document.at("primaryKey").get_to(target.primary_key);
    document.at("secondaryKey").get_to(target.secondary_key);
    target.primary_thumbprint = optional_text(document, "primaryThumbprint");
    target.secondary_thumbprint = optional_text(document, "secondaryThumbprint");
    return true;
}

bool read_members(const json& document, core::identity& target) {
    document.at("generationId").get_to(target.generation_id);
    target.status_reason = optional_text(document, "statusReason");
    target.status_updated = timestamp(ticks(document.at("statusUpdated").get<std::int64_t>()));
    document.at("iotEdge").get_to(target.iot_edge);
    target.device_scope = optional_text(document, "deviceScope");
    document.at("parentScopes").get_to(target.parent_scopes);
    target.managed_by = optional_text(document, "managedBy");
    target.attributes = optional_text(document, "attributes").value_or("");
    return read_authentication(document.at("authentication"), target.authentication);
}

} // namespace

std::string identity_document(const core::identity& value) {
    json_writer document;
    document.begin_object();
    document.member("generationId", value.generation_id);
    add(document, "statusReason", value.status_reason);
    document.member("statusUpdated", value.status_updated.time_since_epoch().count());
    write_authentication(document, value.authentication);
    document.member("iotEdge", value.iot_edge);
    add(document, "deviceScope", value.device_scope);
    document.key("parentScopes").begin_array();
    for (const std::string& scope : value.parent_scopes) {
        document.value(scope);
    }
    document.end_array();
    add(document, "managedBy", value.managed_by);
    if (!value.attributes.empty()) {
        document.member("attributes", value.attributes);
    }
    return document.end_object().take();
}

bool read_identity_document(std::string_view text, core::identity& target) {
    const auto document = parse_json(text);
    try {
        return document && read_members(*document, target);
    } catch (const json::exception&) {
        return false;
    }
}

} // namespace iothub::storage
