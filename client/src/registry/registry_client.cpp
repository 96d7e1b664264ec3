#include "iothub/registry_client.hpp"

#include <utility>

#include "client/src/connection_text.hpp"
#include "client/src/registry/document_members.hpp"
#include "client/src/registry/etags.hpp"
#include "client/src/registry/identity_documents.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

using client::condition;
using client::error_subject;

registry_client registry_client::create_from_connection_string(std::string_view text,
                                                               const registry_options& options) {
    return registry_client(std::make_shared<client::registry_connection>(
        client::read_connection_string(text), options));
}

registry_client::registry_client(std::shared_ptr<client::registry_connection> connection)
    : connection_(std::move(connection)) {}

device_identity registry_client::add_device(const device_identity& device) {
    const json body = client::to_document(device);
    return client::read_device(
        connection_->send({.method = "PUT", .path = {"devices", device.device_id}, .body = &body}));
}

device_identity registry_client::get_device(std::string_view device_id) {
    return client::read_device(
        connection_->send({.method = "GET", .path = {"devices", device_id}}));
}

device_identity registry_client::update_device(const device_identity& device) {
    const json body = client::to_document(device);
    return client::read_device(connection_->send({.method = "PUT",
                                                  .path = {"devices", device.device_id},
                                                  .etag = condition(device.etag),
                                                  .body = &body}));
}

void registry_client::remove_device(std::string_view device_id, std::string_view etag) {
    connection_->send({.method = "DELETE", .path = {"devices", device_id}, .etag = etag});
}

std::vector<device_identity> registry_client::list_devices(int max) {
    return client::read_list(
        connection_->send(
            {.method = "GET", .path = {"devices"}, .query = "top=" + std::to_string(max)}),
        client::read_device);
}

module_identity registry_client::add_module(const module_identity& identity) {
    const json body = client::to_document(identity);
    return client::read_module(
        connection_->send({.method = "PUT",
                           .path = {"devices", identity.device_id, "modules", identity.module_id},
                           .subject = error_subject::module_identity,
                           .body = &body}));
}

module_identity registry_client::get_module(std::string_view device_id,
                                            std::string_view module_id) {
    return client::read_module(
        connection_->send({.method = "GET",
                           .path = {"devices", device_id, "modules", module_id},
                           .subject = error_subject::module_identity}));
}

module_identity registry_client::update_module(const module_identity& identity) {
    const json body = client::to_document(identity);
    return client::read_module(
        connection_->send({.method = "PUT",
                           .path = {"devices", identity.device_id, "modules", identity.module_id},
                           .subject = error_subject::module_identity,
                           .etag = condition(identity.etag),
                           .body = &body}));
}

void registry_client::remove_module(std::string_view device_id, std::string_view module_id,
                                    std::string_view etag) {
    connection_->send({.method = "DELETE",
                       .path = {"devices", device_id, "modules", module_id},
                       .subject = error_subject::module_identity,
                       .etag = etag});
}

std::vector<module_identity> registry_client::list_modules(std::string_view device_id) {
    return client::read_list(
        connection_->send({.method = "GET", .path = {"devices", device_id, "modules"}}),
        client::read_module);
}

job_client registry_client::jobs() const {
    return job_client(connection_);
}

configuration_client registry_client::configurations() const {
    return configuration_client(connection_);
}

digital_twin_client registry_client::digital_twins() const {
    return digital_twin_client(connection_);
}

feedback_receiver registry_client::feedback() const {
    return feedback_receiver(connection_);
}

} // namespace iothub
