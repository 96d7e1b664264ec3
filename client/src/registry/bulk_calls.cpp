// What registry_client does to many identities at once, and counts of them.

#include "client/src/registry/bulk_documents.hpp"
#include "client/src/registry/document_members.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

namespace {

bulk_result post(client::registry_connection& connection, const json& items) {
    return client::read_bulk_result(connection.send(
        {.method = "POST", .path = {"devices"}, .body = &items, .result_member = "isSuccessful"}));
}

template <class Subject, class... Mode>
bulk_result post_all(client::registry_connection& connection, const std::vector<Subject>& subjects,
                     Mode... mode) {
    json items = json::array();
    for (const Subject& subject : subjects) {
        items.push_back(client::bulk_item(subject, mode...));
    }
    return post(connection, items);
}

json statistics(client::registry_connection& connection, std::string_view of) {
    return connection.send({.method = "GET", .path = {"statistics", of}});
}

std::int64_t count(const json& document, const char* name) {
    return client::read_document(document, "count",
                                 [&] { return document.at(name).get<std::int64_t>(); });
}

} // namespace

bulk_result registry_client::add_devices(const std::vector<device_identity>& devices) {
    return post_all(*connection_, devices, "create");
}

bulk_result registry_client::update_devices(const std::vector<device_identity>& devices) {
    return post_all(*connection_, devices, "update");
}

bulk_result registry_client::remove_devices(const std::vector<device_identity>& devices) {
    return post_all(*connection_, devices, "delete");
}

bulk_result registry_client::add_modules(const std::vector<module_identity>& modules) {
    return post_all(*connection_, modules, "create");
}

bulk_result registry_client::update_modules(const std::vector<module_identity>& modules) {
    return post_all(*connection_, modules, "update");
}

bulk_result registry_client::remove_modules(const std::vector<module_identity>& modules) {
    return post_all(*connection_, modules, "delete");
}

bulk_result registry_client::update_twins(const std::vector<twin_update>& updates) {
    return post_all(*connection_, updates);
}

bulk_result registry_client::add_device_with_twin(const device_identity& device,
                                                  const json& beginning) {
    json item = client::bulk_item(device, "create");
    const json twin =
        client::bulk_item(twin_update{.device_id = device.device_id, .patch = beginning});
    for (const char* section : {"tags", "properties"}) {
        if (twin.contains(section)) {
            item[section] = twin.at(section);
        }
    }
    return post(*connection_, json::array({item}));
}

key_regeneration_result
registry_client::regenerate_keys(const std::vector<identity_name>& identities, key_choice choice) {
    const json body = client::regeneration_document(identities, choice);
    return client::read_key_regeneration(
        connection_->send({.method = "POST",
                           .path = {"devices", "keys", "regenerate"},
                           .body = &body,
                           .result_member = "rotatedKeys"}));
}

registry_statistics registry_client::get_registry_statistics() {
    const json document = statistics(*connection_, "devices");
    return {count(document, "totalDeviceCount"), count(document, "enabledDeviceCount"),
            count(document, "disabledDeviceCount")};
}

service_statistics registry_client::get_service_statistics() {
    return {count(statistics(*connection_, "service"), "connectedDeviceCount")};
}

std::int64_t registry_client::purge_message_queue(std::string_view device_id) {
    return count(
        connection_->send({.method = "DELETE", .path = {"devices", device_id, "commands"}}),
        "totalMessagesPurged");
}

} // namespace iothub
