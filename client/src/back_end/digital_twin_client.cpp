#include "iothub/digital_twin_client.hpp"

#include <charconv>
#include <utility>

#include "client/src/error_details.hpp"
#include "client/src/registry/etags.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

namespace {

using client::registry_answer;

std::string query_of(const method_timeouts& timeouts) {
    return "connectTimeoutInSeconds=" + std::to_string(timeouts.connect.count()) +
           "&responseTimeoutInSeconds=" + std::to_string(timeouts.response.count());
}

method_response read_command_response(const registry_answer& answer) {
    const std::string_view text = answer.fields.find("x-ms-command-statuscode");
    int status = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), status);
    if (text.empty() || read.ptr != text.data() + text.size()) {
        client::throw_error(hub_error_kind::protocol, "The hub's answer is no command's");
    }
    return {status, *answer.document};
}

} // namespace

digital_twin_client::digital_twin_client(std::shared_ptr<client::registry_connection> connection)
    : connection_(std::move(connection)) {}

digital_twin digital_twin_client::get(std::string_view device_id) const {
    const auto answer = connection_->ask({.method = "GET", .path = {"digitaltwins", device_id}});
    if (!answer.document->is_object()) {
        client::throw_error(hub_error_kind::protocol, "The hub's answer is no digital twin");
    }
    return {answer.document, client::unquoted(answer.fields.find("ETag"))};
}

std::string digital_twin_client::update(std::string_view device_id, const json& patch,
                                        std::string_view etag) const {
    const auto answer = connection_->ask(
        {.method = "PATCH", .path = {"digitaltwins", device_id}, .etag = etag, .body = &patch});
    return client::unquoted(answer.fields.find("ETag"));
}

method_response digital_twin_client::invoke_command(std::string_view device_id,
                                                    std::string_view command, const json& payload,
                                                    const method_timeouts& timeouts) const {
    return read_command_response(
        connection_->ask({.method = "POST",
                          .path = {"digitaltwins", device_id, "commands", command},
                          .body = payload.is_null() ? nullptr : &payload,
                          .query = query_of(timeouts),
                          .extra_time = timeouts.connect + timeouts.response}));
}

method_response digital_twin_client::invoke_component_command(
    std::string_view device_id, std::string_view component, std::string_view command,
    const json& payload, const method_timeouts& timeouts) const {
    return read_command_response(connection_->ask(
        {.method = "POST",
         .path = {"digitaltwins", device_id, "components", component, "commands", command},
         .body = payload.is_null() ? nullptr : &payload,
         .query = query_of(timeouts),
         .extra_time = timeouts.connect + timeouts.response}));
}

} // namespace iothub
