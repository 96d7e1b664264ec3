#include "emulator/amqp/nodes/device/device_sessions.hpp"

#include <algorithm>
#include <utility>

#include "emulator/amqp/credentials.hpp"
#include "emulator/amqp/nodes/device/device_session.hpp"
#include "emulator/amqp/with_store.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/session/model_id.hpp"

namespace iothub::amqp {

namespace {

condition refuse(const context& lent, const identity_key& key, const error& reason) {
    lent.hub.sessions().refused(key, log_text(reason));
    lent.write_log(log_level::warning, lent.peer.address,
                   "a link of '" + key.text() + "' is refused: " + log_text(reason));
    return condition_of(lent.hub, reason);
}

// Devices have no inputs, and nobody sends to what is device-bound.
bool has_direction(const device_address& where, bool peer_sends) {
    switch (where.what) {
    case device_node::telemetry:
        return peer_sends || where.key.is_module();
    case device_node::device_bound:
        return !peer_sends;
    case device_node::twin:
    case device_node::methods:
        break;
    }
    return true;
}

void remember_model(core::hub& hub, device_session& whose, const link& which) {
    const auto model = find_text(which.request().properties, "com.microsoft:model-id");
    if (!model || !session::is_model_id(*model)) {
        return;
    }
    whose.announced(std::string(*model));
    const auto done = with_store(hub, [&]() -> result<> {
        hub.twins().remember_model(whose.who().key, std::string(*model));
        return {};
    });
    if (!done) {
        whose.write_log(log_level::error, "its model is not kept: " + log_text(done.error()));
    }
}

} // namespace

device_sessions::device_sessions(const context& lent, end_handler on_end)
    : lent_(lent)
    , on_end_(std::move(on_end)) {}

device_sessions::~device_sessions() = default;

void device_sessions::proved(const core::device_principal& who) {
    if (const auto opened = open(who); !opened) {
        lent_.hub.sessions().refused(who.key, log_text(opened.error()));
        lent_.write_log(log_level::warning, who.key.text(),
                        "not connected: " + log_text(opened.error()));
    }
}

// One that the hub has ended goes first: its links are still to be detached.
result<device_session*> device_sessions::open(const core::device_principal& who) {
    if (const auto known = sessions_.find(who.key); known != sessions_.end()) {
        if (known->second->ended()) {
            return error{errc::connection_forcefully_closed_on_new_connection,
                         "The session of the identity ends just now."};
        }
        known->second->proved(who);
        ends_.set(who.key, who.expiry);
        return known->second.get();
    }
    const auto allowed = lent_.hub.limits().charge(core::operation::connection);
    if (!allowed) {
        return allowed.error();
    }
    auto made = std::make_shared<device_session>(
        lent_, who, device_session::observer{on_end_, [this](const identity_key& key) {
                                                 ends_.erase(key);
                                                 sessions_.erase(key);
                                             }});
    device_session* const opened = made.get();
    sessions_[who.key] = std::move(made);
    ends_.set(who.key, who.expiry);
    opened->begin();
    return opened;
}

// An id that is known as it is written is that one where it is unknown decoded.
result<core::device_principal> device_sessions::owner_of(const device_address& where) const {
    auto who = lent_.proved.device(where.key);
    if (!who && where.literally) {
        if (auto literally = lent_.proved.device(*where.literally)) {
            return literally;
        }
    }
    return who;
}

attach_answer device_sessions::attach(link& which, const device_address& where) {
    const auto who = owner_of(where);
    if (!who) {
        return refuse(lent_, where.key, who.error());
    }
    if (!has_direction(where, which.request().peer_sends)) {
        return refuse(lent_, where.key,
                      {errc::invalid_operation, "Links to this address have another direction."});
    }
    const auto opened = open(*who);
    if (!opened) {
        return refuse(lent_, where.key, opened.error());
    }
    remember_model(lent_.hub, **opened, which);
    return (*opened)->attach(which, where.what);
}

void device_sessions::end(const identity_key& key, const condition& why, std::string_view reason) {
    const auto found = sessions_.find(key);
    if (found == sessions_.end()) {
        return;
    }
    const auto session = std::move(found->second);
    sessions_.erase(found);
    ends_.erase(key);
    session->detach_all(why);
    session->end(log_level::info, reason);
}

void device_sessions::end_all(std::string_view reason) {
    ends_ = {};
    for (const auto& [key, session] : std::exchange(sessions_, {})) {
        session->end(log_level::info, reason);
    }
}

std::vector<identity_key> device_sessions::expired() const {
    std::vector<identity_key> keys;
    for (const auto& [key, session] : sessions_) {
        if (session->who().expiry <= lent_.hub.time().now()) {
            keys.push_back(key);
        }
    }
    return keys;
}

} // namespace iothub::amqp
