#include "iothub/feedback_receiver.hpp"

#include <utility>

#include "client/src/registry/document_members.hpp"
#include "client/src/registry/etags.hpp"
#include "client/src/registry/registry_connection.hpp"
#include "common/json.hpp"

namespace iothub {

namespace {

feedback_record read_record(const json& document) {
    return client::read_document(document, "feedback", [&] {
        return feedback_record{
            .original_message_id = client::value_of<std::string>(document, "originalMessageId"),
            .device_id = document.at("deviceId").get<std::string>(),
            .device_generation_id = client::value_of<std::string>(document, "deviceGenerationId"),
            .status_code = document.at("statusCode").get<std::string>(),
            .description = client::value_of<std::string>(document, "description"),
            .enqueued_time = client::time_of(document, "enqueuedTimeUtc")};
    });
}

} // namespace

feedback_receiver::feedback_receiver(std::shared_ptr<client::registry_connection> connection)
    : connection_(std::move(connection)) {}

std::optional<feedback_batch> feedback_receiver::receive() const {
    const auto answer =
        connection_->ask({.method = "GET", .path = {"messages", "serviceBound", "feedback"}});
    if (answer.document.is_null()) {
        return std::nullopt;
    }
    return feedback_batch{.lock_token = client::unquoted(answer.fields.find("ETag")),
                          .enqueued_time =
                              client::read_time(answer.fields.find("iothub-enqueuedtime")),
                          .records = client::read_list(*answer.document, read_record)};
}

void feedback_receiver::complete(std::string_view lock_token) const {
    connection_->send(
        {.method = "DELETE", .path = {"messages", "serviceBound", "feedback", lock_token}});
}

void feedback_receiver::abandon(std::string_view lock_token) const {
    connection_->send({.method = "POST",
                       .path = {"messages", "serviceBound", "feedback", lock_token, "abandon"}});
}

} // namespace iothub
