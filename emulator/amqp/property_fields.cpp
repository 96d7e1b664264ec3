#include "emulator/amqp/property_fields.hpp"

#include <utility>

#include "emulator/amqp/event_time.hpp"

namespace iothub::amqp {

bool put_field(message_properties& into, std::string_view name, std::string text) {
    if (name == "message-id") {
        into.message_id = std::move(text);
    } else if (name == "correlation-id") {
        into.correlation_id = std::move(text);
    } else if (name == "user-id") {
        into.user_id = std::move(text);
    } else if (name == "to") {
        into.to = std::move(text);
    } else if (name == "content-type") {
        into.content_type = std::move(text);
    } else if (name == "content-encoding") {
        into.content_encoding = std::move(text);
    } else if (const auto expiry =
                   name == "absolute-expiry-time" ? parse_iso_8601(text) : std::nullopt) {
        into.absolute_expiry_time = event_time(*expiry);
    } else {
        return false;
    }
    return true;
}

} // namespace iothub::amqp
