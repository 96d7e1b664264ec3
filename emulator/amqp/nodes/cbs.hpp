#pragma once
// Claims-based security (AMQP CBS draft; device protocol §2.3; service API §7.1): the peer puts
// tokens on "$cbs" and hears on its own receiver of "$cbs" what became of them. Used by connection.

#include <functional>

#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/amqp/request_channel.hpp"
#include "emulator/core/security/authenticator.hpp"

namespace iothub::amqp {

class cbs {
public:
    static constexpr std::size_t max_links = 16;

    // `on_device` is called when a device or module has put its token, anew or for the first time.
    cbs(const context& lent, std::function<void(const core::device_principal&)> on_device);

    attach_answer attach(link& which) { return channel_.attach(which); }

private:
    // Of a put-token request (or what claims to be one).
    message answer_to(const message& request);
    result<> put(const message& request);

    const context& lent_;
    std::function<void(const core::device_principal&)> on_device_;
    request_channel channel_;
};

} // namespace iothub::amqp
