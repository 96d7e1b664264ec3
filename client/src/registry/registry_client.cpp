#include "iothub/registry_client.hpp"

#include <utility>

#include "client/src/connection_text.hpp"
#include "client/src/error_details.hpp"
#include "client/src/registry/identity_documents.hpp"
#include "client/src/registry/method_documents.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

using client::error_subject;

namespace {

std::string_view condition(const std::string& etag) {
    return etag.empty() ? any_etag : std::string_view(etag);
}

template <class Identity, class Read>
std::vector<Identity> read_list(const json& documents, Read read) {
    if (!documents.is_array()) {
        client::throw_error(hub_error_kind::protocol, "The hub's answer is no list");
    }
    std::vector<Identity> list;
    for (const json& document : documents) {
        list.push_back(read(document));
    }
    return list;
}

} // namespace

registry_client registry_client::create_from_connection_string(std::string_view text,
                                                               const registry_options& options) {
    return registry_client(std::make_unique<client::registry_connection>(
        client::read_connection_string(text), options));
}

registry_client::registry_client(std::unique_ptr<client::registry_connection> connection)
    : connection_(std::move(connection)) {}
registry_client::registry_client(registry_client&&) noexcept = default;
registry_client& registry_client::operator=(registry_client&&) noexcept = default;
registry_client::~registry_client() = default;

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
    return read_list<device_identity>(
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
    return read_list<module_identity>(
        connection_->send({.method = "GET", .path = {"devices", device_id, "modules"}}),
        client::read_module);
}

method_response registry_client::invoke_method(std::string_view device_id, std::string_view name,
                                               const json& payload,
                                               const method_timeouts& timeouts) {
    const json body = client::to_document(name, payload, timeouts);
    return client::read_method_response(
        connection_->send({.method = "POST",
                           .path = {"twins", device_id, "methods"},
                           .body = &body,
                           .extra_time = timeouts.connect + timeouts.response}));
}

method_response registry_client::invoke_module_method(std::string_view device_id,
                                                      std::string_view module_id,
                                                      std::string_view name, const json& payload,
                                                      const method_timeouts& timeouts) {
    const json body = client::to_document(name, payload, timeouts);
    return client::read_method_response(
        connection_->send({.method = "POST",
                           .path = {"twins", device_id, "modules", module_id, "methods"},
                           .subject = error_subject::module_twin,
                           .body = &body,
                           .extra_time = timeouts.connect + timeouts.response}));
}

twin registry_client::get_twin(std::string_view device_id) {
    return twin(connection_->send({.method = "GET", .path = {"twins", device_id}}));
}

twin registry_client::get_module_twin(std::string_view device_id, std::string_view module_id) {
    return twin(connection_->send({.method = "GET",
                                   .path = {"twins", device_id, "modules", module_id},
                                   .subject = error_subject::module_twin}));
}

twin registry_client::update_twin(std::string_view device_id, const json& patch,
                                  std::string_view etag) {
    return twin(connection_->send(
        {.method = "PATCH", .path = {"twins", device_id}, .etag = etag, .body = &patch}));
}

twin registry_client::update_module_twin(std::string_view device_id, std::string_view module_id,
                                         const json& patch, std::string_view etag) {
    return twin(connection_->send({.method = "PATCH",
                                   .path = {"twins", device_id, "modules", module_id},
                                   .subject = error_subject::module_twin,
                                   .etag = etag,
                                   .body = &patch}));
}

} // namespace iothub
