#include "iothub/module_client.hpp"

#include "client/src/connection_text.hpp"
#include "client/src/engine/engine.hpp"
#include "client/src/error_details.hpp"

namespace iothub {

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

} // namespace iothub
