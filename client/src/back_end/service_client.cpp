#include "iothub/service_client.hpp"

#include <utility>

#include "client/src/back_end/service_connection.hpp"

namespace iothub {

service_client service_client::create_from_connection_string(std::string_view text,
                                                             const service_options& options) {
    return service_client(std::make_shared<client::service_connection>(text, options));
}

service_client::service_client(std::shared_ptr<client::service_connection> connection)
    : connection_(std::move(connection)) {}

void service_client::send(std::string_view device_id,
                          const cloud_to_device_message& message) const {
    connection_->send({std::string(device_id), {}}, message);
}

void service_client::send(std::string_view device_id, std::string_view module_id,
                          const cloud_to_device_message& message) const {
    connection_->send({std::string(device_id), std::string(module_id)}, message);
}

method_response service_client::invoke_method(std::string_view device_id, std::string_view name,
                                              const json& payload,
                                              const method_timeouts& timeouts) const {
    return connection_->registry().invoke_method(device_id, name, payload, timeouts);
}

method_response service_client::invoke_module_method(std::string_view device_id,
                                                     std::string_view module_id,
                                                     std::string_view name, const json& payload,
                                                     const method_timeouts& timeouts) const {
    return connection_->registry().invoke_module_method(device_id, module_id, name, payload,
                                                        timeouts);
}

feedback_receiver service_client::feedback() const {
    return connection_->registry().feedback();
}

std::int64_t service_client::purge_message_queue(std::string_view device_id) const {
    return connection_->registry().purge_message_queue(device_id);
}

} // namespace iothub
