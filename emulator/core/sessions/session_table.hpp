#pragma once
// Who is connected, over any transport. The newest connection of an identity wins; connection state
// and last activity in registry and twin come from here.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/sessions/connection_journal.hpp"
#include "emulator/core/sessions/session_backlog.hpp"

namespace iothub::core {

class clock;
class device_link;
class store;

class session_table {
public:
    session_table(core::store& store, const core::clock& clock);

    // Called after each beginning and each end of a session.
    void when_begun(std::function<void(const identity_key&)> observer) {
        begun_ = std::move(observer);
    }
    void when_ended(std::function<void(const identity_key&)> observer) {
        ended_ = std::move(observer);
    }

    // An older session of the same identity is disconnected first
    // (connection_forcefully_closed_on_new_connection).
    void connect(const identity_key& key, device_link& link, connection_origin origin = {});

    // The session has ended by itself; nothing happens where `link` is no longer the current one.
    void disconnected(const identity_key& key, const device_link& link,
                      std::string_view reason = {});

    // Somebody who claimed to be that identity was not let in.
    void refused(const identity_key& key, std::string_view reason);

    connection_journal& journal() { return journal_; }
    session_backlog& unwritten() { return unwritten_; }
    const session_backlog& unwritten() const { return unwritten_; }

    // The identity sent or received something, over a session or, by HTTPS, without one.
    void touch(const identity_key& key);

    // What a client that asked for a lasting session (MQTT: clean session 0) is subscribed to, as
    // bits of its transport's own, over its connections and the hub's restarts. They are gone with
    // the identity: one that is made anew has another generation.
    std::optional<unsigned> kept_subscriptions(const identity_key& key,
                                               const std::string& generation_id) const;
    void keep_subscriptions(const identity_key& key, const std::string& generation_id,
                            unsigned subscriptions);
    void forget_subscriptions(const identity_key& key);

    // While the store keeps nothing, subscriptions are kept by and by.
    void store_fails(bool it_does) { store_fails_ = it_does; }

    // The identity is gone, a device with its modules: nothing is kept for them.
    void identity_removed(const identity_key& key);

    // The hub ends the session of an identity, for a device also those of its modules; how many
    // there were.
    std::size_t disconnect(const identity_key& key, const error& reason);

    device_link* find(const identity_key& key) const; // null when not connected
    std::size_t size() const { return sessions_.size(); }
    // At most `limit` connected devices or modules after `after`, in the order of their keys.
    std::vector<identity_key> list(bool modules, const identity_key& after,
                                   std::size_t limit) const;
    std::size_t connected_devices() const; // without modules

    // Fills in `connected`, and what is not yet kept of its activity.
    void describe(identity& id) const;

private:
    struct session {
        device_link* link;
        core::activity activity;
    };

    void end(const identity_key& key, const error& reason);
    std::optional<std::string> find_record(const std::string& name) const;
    void keep_record(const std::string& name, session_backlog::record value);

    core::store& store_;
    const core::clock& clock_;
    std::unordered_map<identity_key, session> sessions_;
    session_backlog unwritten_;
    bool store_fails_ = false;
    connection_journal journal_;
    std::function<void(const identity_key&)> begun_ = [](const identity_key&) {};
    std::function<void(const identity_key&)> ended_ = [](const identity_key&) {};
};

} // namespace iothub::core
