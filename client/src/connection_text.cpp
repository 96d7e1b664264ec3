#include "client/src/connection_text.hpp"

#include "client/src/error_details.hpp"

namespace iothub::client {

connection_string read_connection_string(std::string_view text) {
    auto parsed = connection_string::parse(text);
    if (!parsed) {
        throw_argument_invalid(parsed.error().message);
    }
    return *std::move(parsed);
}

} // namespace iothub::client
