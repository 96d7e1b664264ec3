#include "iothub/module_client.hpp"

#include <utility>

#include "client/src/connection_text.hpp"
#include "client/src/engine/engine.hpp"
#include "client/src/error_details.hpp"

namespace iothub {

namespace {

void check_name(const std::string& input_or_output) {
    if (input_or_output.empty()) {
        client::throw_argument_invalid("The name of the input or output is empty");
    }
}

} // namespace

module_client module_client::create_from_connection_string(std::string_view text,
                                                           const client_options& options) {
    const connection_string self = client::read_connection_string(text);
    if (self.module_id.empty()) {
        client::throw_argument_invalid(
            "The connection string has no ModuleId: it is a device's, for device_client");
    }
    return module_client(
        std::make_unique<client::engine>(client::credentials(self, options), options));
}

module_client module_client::create_from_environment(const client_options& options) {
    return create_from_connection_string(client::module_connection_text(), options);
}

void module_client::send_event(const std::string& output_name, const message& event) {
    send_event_async(output_name, event).get();
}
std::future<void> module_client::send_event_async(const std::string& output_name,
                                                  const message& event) {
    check_name(output_name);
    return engine().send(event, output_name);
}

void module_client::on_input(const std::string& input_name, message_handler handler) {
    on_input_async(input_name, std::move(handler)).get();
}
std::future<void> module_client::on_input_async(const std::string& input_name,
                                                message_handler handler) {
    check_name(input_name);
    return engine().on_message(input_name, std::move(handler));
}

void module_client::on_message(message_handler handler) {
    on_message_async(std::move(handler)).get();
}
std::future<void> module_client::on_message_async(message_handler handler) {
    return engine().on_message("", std::move(handler));
}

} // namespace iothub
