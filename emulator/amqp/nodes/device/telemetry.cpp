#include "emulator/amqp/nodes/device/telemetry.hpp"

#include <utility>

#include "emulator/amqp/nodes/device/device_session.hpp"
#include "emulator/amqp/nodes/device/telemetry_message.hpp"
#include "emulator/amqp/with_store.hpp"

namespace iothub::amqp {

namespace {

result<> take(device_session& from, std::string_view encoded, std::uint32_t format) {
    auto read = read_telemetry(encoded, format);
    if (!read) {
        return read.error();
    }
    std::vector<core::device_message> messages;
    for (telemetry_message& one : *read) {
        one.content.body = one.body;
        messages.push_back(std::move(one.content));
    }
    return with_store(from.hub(),
                      [&] { return from.hub().take_all(from.who(), std::move(messages)); });
}

} // namespace

result<> telemetry::received(std::string_view encoded, std::uint32_t format) {
    device_session& from = on_->session();
    if (from.ended()) {
        return error{errc::operation_not_allowed_in_current_state, "The session has ended."};
    }
    from.touch();
    const auto taken = take(from, encoded, format);
    if (!taken) {
        from.write_log(log_level::warning, "a message is refused: " + log_text(taken.error()));
    }
    return taken;
}

} // namespace iothub::amqp
