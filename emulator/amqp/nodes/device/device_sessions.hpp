#pragma once
// The devices and modules that one connection speaks for: .NET pools several on one connection, and
// Java multiplexes them. Used by connection.

#include <functional>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "emulator/amqp/address.hpp"
#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/core/deadlines.hpp"
#include "emulator/core/security/authenticator.hpp"

namespace iothub::amqp {

class device_session;

class device_sessions {
public:
    // `on_end` is called when the hub has ended the session of an identity (a newer connection,
    // the identity disabled or deleted, an operator), from within the hub's call: nothing may be
    // destroyed in it.
    using end_handler = std::function<void(const identity_key&, const error& reason)>;

    device_sessions(const context& lent, end_handler on_end);
    ~device_sessions();

    // The identity has proved who it is, for the first time or again: it is connected, unless it
    // was already.
    void proved(const core::device_principal& who);

    // A link to one of its nodes: telemetry, cloud-to-device messages and inputs, twin, methods.
    // amqp:unauthorized-access where the connection does not speak for it.
    attach_answer attach(link& which, const device_address& where);

    // Ends its links with the condition, and its session.
    void end(const identity_key& key, const condition& why, std::string_view reason);

    // All of them; links are not touched: the connection has ended.
    void end_all(std::string_view reason);

    // Those whose token or certificate has ended.
    std::vector<identity_key> expired() const;
    timestamp next_expiry() const { return ends_.next().value_or(timestamp::max()); }

    bool empty() const { return sessions_.empty(); }

private:
    result<device_session*> open(const core::device_principal& who);
    result<core::device_principal> owner_of(const device_address& where) const;

    const context& lent_;
    end_handler on_end_;
    std::map<identity_key, std::shared_ptr<device_session>> sessions_; // nodes hold them, too
    core::deadlines<identity_key> ends_;                               // of what they have proved
};

} // namespace iothub::amqp
