#include "client/src/registry/bulk_documents.hpp"

#include <array>

#include "client/src/error_details.hpp"
#include "client/src/registry/document_members.hpp"
#include "client/src/registry/etags.hpp"
#include "client/src/registry/identity_documents.hpp"
#include "common/json.hpp"

namespace iothub::client {

namespace {

constexpr std::array<std::pair<key_choice, const char*>, 3> policy_keys{{
    {key_choice::primary, "primaryKey"},
    {key_choice::secondary, "secondaryKey"},
    {key_choice::both, "both"},
}};

bool is_condition(const std::string& etag) {
    return condition(etag) != any_etag;
}

// The id, the condition and the mode come first; then what the registry's own document has beside.
json item_of(const json& document, const std::string& etag, std::string_view mode) {
    json item = {{"id", document.at("deviceId")}};
    if (is_condition(etag) && mode != "create") {
        item["eTag"] = etag;
        item["importMode"] = std::string(mode) + "IfMatchETag";
    } else {
        item["importMode"] = mode;
    }
    for (const auto& member : document.items()) {
        if (member.key() != "deviceId" && member.key() != "etag") {
            item[member.key()] = member.value();
        }
    }
    return item;
}

// A name, or the number that .NET takes too.
std::string code_of(const json& object) {
    const auto code = object.find("errorCode");
    const bool number = code != object.end() && code->is_number_integer();
    return number ? code->dump() : value_of<std::string>(object, "errorCode");
}

// Bulk operations call the device `deviceId`, key regenerations `id`.
bulk_error read_bulk_error(const json& object, const char* id) {
    return {value_of<std::string>(object, id), value_of<std::string>(object, "moduleId"),
            code_of(object), value_of<std::string>(object, "errorStatus")};
}

bulk_warning read_warning(const json& object) {
    return {value_of<std::string>(object, "deviceId"), value_of<std::string>(object, "warningCode"),
            value_of<std::string>(object, "warningStatus")};
}

regenerated_keys read_keys(const json& object) {
    return {value_of<std::string>(object, "id"), value_of<std::string>(object, "moduleId"),
            value_of<std::string>(object, "primaryKey"),
            value_of<std::string>(object, "secondaryKey")};
}

} // namespace

json bulk_item(const device_identity& device, std::string_view mode) {
    return item_of(to_document(device), device.etag, mode);
}

json bulk_item(const module_identity& identity, std::string_view mode) {
    json item = item_of(to_document(identity), identity.etag, mode);
    item["status"] = "enabled";
    return item;
}

json bulk_item(const twin_update& update) {
    if (!update.patch->is_object()) {
        throw_argument_invalid("The change of a twin is no object");
    }
    json item = {{"id", update.device_id}};
    if (!update.module_id.empty()) {
        item["moduleId"] = update.module_id;
    }
    item["importMode"] = is_condition(update.etag) ? "updateTwinIfMatchETag" : "updateTwin";
    if (is_condition(update.etag)) {
        item["twinETag"] = update.etag;
    }
    for (const char* section : {"tags", "properties"}) {
        if (update.patch->contains(section)) {
            item[section] = update.patch->at(section);
        }
    }
    return item;
}

json regeneration_document(const std::vector<identity_name>& identities, key_choice choice) {
    json document = json::object();
    for (const auto& [known, name] : policy_keys) {
        if (known == choice) {
            document["policyKey"] = name;
        }
    }
    json& devices = document["devices"] = json::array();
    for (const identity_name& identity : identities) {
        json& device = devices.emplace_back(json::object());
        device["id"] = identity.device_id;
        if (!identity.module_id.empty()) {
            device["moduleId"] = identity.module_id;
        }
    }
    return document;
}

bulk_result read_bulk_result(const json& document) {
    return read_document(document, "result of a bulk operation", [&] {
        return bulk_result{document.at("isSuccessful").get<bool>(),
                           read_list(list_of(document, "errors"),
                                     [](const json& e) { return read_bulk_error(e, "deviceId"); }),
                           read_list(list_of(document, "warnings"), read_warning)};
    });
}

key_regeneration_result read_key_regeneration(const json& document) {
    return read_document(document, "result of a key regeneration", [&] {
        document.at("rotatedKeys"); // told, even where it has none
        return key_regeneration_result{read_list(list_of(document, "rotatedKeys"), read_keys),
                                       read_list(list_of(document, "errors"), [](const json& e) {
                                           return read_bulk_error(e, "id");
                                       })};
    });
}

} // namespace iothub::client
