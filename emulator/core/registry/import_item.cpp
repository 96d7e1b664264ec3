#include "emulator/core/registry/import_item.hpp"

#include <array>
#include <utility>

#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/identity_document.hpp"
#include "emulator/core/twins/twin_document.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::pair<import_mode, std::string_view>, 9> mode_names{{
    {import_mode::create_or_update, "createOrUpdate"},
    {import_mode::create, "create"},
    {import_mode::update, "update"},
    {import_mode::update_if_match_etag, "updateIfMatchETag"},
    {import_mode::create_or_update_if_match_etag, "createOrUpdateIfMatchETag"},
    {import_mode::remove, "delete"},
    {import_mode::remove_if_match_etag, "deleteIfMatchETag"},
    {import_mode::update_twin, "updateTwin"},
    {import_mode::update_twin_if_match_etag, "updateTwinIfMatchETag"},
}};

import_mode read_mode(const member_reader& members) {
    const std::string wanted = members.text("importMode").value_or("createOrUpdate");
    for (const auto& [mode, name] : mode_names) {
        if (equal_ignoring_case(wanted, name)) {
            return mode;
        }
    }
    members.refuse("importMode", "is none of the nine import modes");
    return import_mode::create_or_update;
}

std::string read_either(const member_reader& members, std::string_view name,
                        std::string_view other_name) {
    const auto text = members.text(name);
    return text ? *text : members.text(other_name).value_or("");
}

identity_key read_key(const member_reader& members) {
    const auto id = members.text("id");
    if (!id || id->empty()) {
        members.refuse("id", "is missing");
    }
    return {id.value_or(""), members.text("moduleId").value_or("")};
}

void leave_out_keys(json& authentication) {
    authentication["symmetricKey"] = {{"primaryKey", nullptr}, {"secondaryKey", nullptr}};
}

void move_if_present(json& from, json& to, const char* name) {
    if (const auto found = from.find(name); found != from.end()) {
        to[name] = std::move(*found);
    }
}

} // namespace

result<import_item> read_import_item(const json& document) {
    if (!document.is_object()) {
        return error{errc::argument_invalid, "An item must be a JSON object."};
    }
    std::optional<error> fault;
    const member_reader members(document, fault);
    import_item item;
    item.identity.key = read_key(members);
    item.etag = read_either(members, "eTag", "etag");
    item.mode = read_mode(members);
    read_identity_members(members, item.identity);
    item.twin_etag = read_either(members, "twinETag", "twinEtag");
    if (fault) {
        return *fault;
    }
    auto twin = read_twin_change(document);
    if (!twin) {
        return twin.error();
    }
    item.twin = *std::move(twin);
    return item;
}

json export_line(const identity& id, const twin& t, exported_keys keys) {
    json shown = identity_document(id, moment::later);
    json shown_twin = twin_document(t, id);
    json line{{"id", id.key.device_id}};
    if (id.key.is_module()) {
        line["moduleId"] = id.key.module_id;
    }
    line["eTag"] = std::move(shown["etag"]);
    line["importMode"] = "createOrUpdate";
    move_if_present(shown, line, "managedBy");
    line["status"] = id.enabled ? "enabled" : "disabled";
    move_if_present(shown, line, "statusReason");
    move_if_present(shown, line, "authentication");
    if (keys == exported_keys::left_out) {
        leave_out_keys(line["authentication"]);
    }
    line["twinETag"] = std::move(shown_twin["etag"]);
    move_if_present(shown_twin, line, "tags");
    line["properties"] = std::move(shown_twin["properties"]);
    for (const char* name : {"capabilities", "deviceScope", "parentScopes", "attributes"}) {
        move_if_present(shown, line, name);
    }
    return line;
}

} // namespace iothub::core
