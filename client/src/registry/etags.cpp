#include "client/src/registry/etags.hpp"

#include "client/src/error_details.hpp"

namespace iothub::client {

std::string_view condition(std::string_view etag) {
    return etag.empty() ? any_etag : etag;
}

std::string quoted(std::string_view etag) {
    for (const unsigned char c : etag) {
        if (c < 0x21 || c == '"' || c > 0x7e) {
            throw_argument_invalid("The etag has a character that no etag has");
        }
    }
    return "\"" + std::string(etag) + "\"";
}

std::string unquoted(std::string_view field) {
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
        field = field.substr(1, field.size() - 2);
    }
    return std::string(field);
}

} // namespace iothub::client
