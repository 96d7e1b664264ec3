#include "emulator/amqp/nodes/device/payload.hpp"

#include <numeric>

namespace iothub::amqp {

result<std::string> payload_of(const message& what) {
    if (!what.body || what.body->is_null()) {
        return std::accumulate(what.data.begin(), what.data.end(), std::string());
    }
    if (const std::string* text = what.body->text()) {
        return *text;
    }
    if (const auto* bytes = what.body->as<binary>()) {
        return bytes->bytes;
    }
    return error{errc::argument_invalid, "The body of a message must be data, text or binary."};
}

} // namespace iothub::amqp
