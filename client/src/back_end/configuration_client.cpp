#include "iothub/configuration_client.hpp"

#include <optional>
#include <utility>

#include "client/src/back_end/configuration_documents.hpp"
#include "client/src/registry/document_members.hpp"
#include "client/src/registry/etags.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

namespace {

configuration put(client::registry_connection& connection, const configuration& wanted,
                  std::optional<std::string_view> etag) {
    const json body = client::to_document(wanted);
    return client::read_configuration(connection.send(
        {.method = "PUT", .path = {"configurations", wanted.id}, .etag = etag, .body = &body}));
}

} // namespace

configuration_client::configuration_client(std::shared_ptr<client::registry_connection> connection)
    : connection_(std::move(connection)) {}

configuration configuration_client::add(const configuration& wanted) const {
    return put(*connection_, wanted, std::nullopt);
}

configuration configuration_client::get(std::string_view id) const {
    return client::read_configuration(
        connection_->send({.method = "GET", .path = {"configurations", id}}));
}

configuration configuration_client::update(const configuration& wanted) const {
    return put(*connection_, wanted, client::condition(wanted.etag));
}

void configuration_client::remove(std::string_view id, std::string_view etag) const {
    connection_->send({.method = "DELETE", .path = {"configurations", id}, .etag = etag});
}

std::vector<configuration> configuration_client::list() const {
    return client::read_list(connection_->send({.method = "GET", .path = {"configurations"}}),
                             client::read_configuration);
}

query_faults
configuration_client::test_queries(std::string_view target_condition,
                                   const std::map<std::string, std::string>& metrics) const {
    json body = json::object();
    body["targetCondition"] = target_condition;
    body["customMetricQueries"] = metrics;
    return client::read_query_faults(connection_->send({.method = "POST",
                                                        .path = {"configurations", "testQueries"},
                                                        .body = &body,
                                                        .only_reads = true}));
}

void configuration_client::apply_content(std::string_view device_id, const json& content) const {
    connection_->send({.method = "POST",
                       .path = {"devices", device_id, "applyConfigurationContent"},
                       .body = &content});
}

} // namespace iothub
