#pragma once
// A link on which a device or module sends its messages (device protocol §2.5; row D01). Made by
// device_session.

#include <memory>

#include "emulator/amqp/engine/link.hpp"
#include "emulator/amqp/nodes/device/session_link.hpp"

namespace iothub::amqp {

class telemetry final : public node {
public:
    explicit telemetry(std::unique_ptr<session_link> on)
        : on_(std::move(on)) {}

    // A message or a batch, all of it or nothing.
    result<> received(std::string_view encoded, std::uint32_t format) override;

private:
    std::unique_ptr<session_link> on_;
};

} // namespace iothub::amqp
