#include "iothub/device_client.hpp"

#include <utility>

#include "client/src/connection_text.hpp"
#include "client/src/engine/engine.hpp"
#include "client/src/error_details.hpp"

namespace iothub {

device_client device_client::create_from_connection_string(std::string_view text,
                                                           const client_options& options) {
    const connection_string self = client::read_connection_string(text);
    if (!self.module_id.empty()) {
        client::throw_argument_invalid(
            "The connection string has a ModuleId: it is a module's, for module_client");
    }
    return device_client(
        std::make_unique<client::engine>(client::credentials(self, options), options));
}

void device_client::on_message(message_handler handler) {
    on_message_async(std::move(handler)).get();
}
std::future<void> device_client::on_message_async(message_handler handler) {
    return engine().on_message("", std::move(handler));
}

} // namespace iothub
