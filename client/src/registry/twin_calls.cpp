// The twins and the direct methods of registry_client.

#include "client/src/registry/method_documents.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

using client::error_subject;

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

twin registry_client::replace_twin(std::string_view device_id, const json& replacement,
                                   std::string_view etag) {
    return twin(connection_->send(
        {.method = "PUT", .path = {"twins", device_id}, .etag = etag, .body = &replacement}));
}

twin registry_client::replace_module_twin(std::string_view device_id, std::string_view module_id,
                                          const json& replacement, std::string_view etag) {
    return twin(connection_->send({.method = "PUT",
                                   .path = {"twins", device_id, "modules", module_id},
                                   .subject = error_subject::module_twin,
                                   .etag = etag,
                                   .body = &replacement}));
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

} // namespace iothub
