#pragma once
// The hub: the domain without sockets, threads or wall clock. Transports call it, the application
// ends its turns and tells it the time. Everything happens on one thread.

#include <optional>
#include <string>
#include <vector>

#include "common/log.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/counters.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/messaging/event_log.hpp"
#include "emulator/core/methods/method_service.hpp"
#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/security/authenticator.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/turn.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

struct hub_settings {
    std::vector<access_policy> policies = published_policies();
    event_log_settings events;
};

class hub {
public:
    // All of them must outlive the hub.
    hub(core::store& store, const core::clock& clock, id_source& ids, iothub::log& log,
        hub_settings settings = {});

    identity_registry& identities() { return identities_; }
    twin_service& twins() { return twins_; }
    event_log& events() { return events_; }
    method_service& methods() { return methods_; }
    session_table& sessions() { return sessions_; }
    const authenticator& security() const { return security_; }

    core::turn& current_turn() { return turn_; }
    core::counters& count() { return counters_; }
    const core::clock& time() const { return clock_; }
    id_source& ids() { return ids_; }
    iothub::log& journal() { return log_; }

    // Why the hub cannot keep what it is told: the last commit that had something to keep failed.
    const std::optional<std::string>& trouble() const { return trouble_; }

    // When advance() has something to do next, and the doing of it: time-outs.
    std::optional<timestamp> next_deadline() const { return methods_.next_deadline(); }
    void advance() { methods_.advance(clock_.now()); }

    // Commits what the turn wrote and lets the replies leave (or not, where the commit failed).
    void end_turn();

private:
    void turn_kept(bool wrote);
    void turn_lost(const error& reason);

    core::store& store_;
    const core::clock& clock_;
    id_source& ids_;
    iothub::log& log_;
    core::counters counters_;
    core::turn turn_;
    session_table sessions_;
    authenticator security_;
    identity_registry identities_;
    twin_service twins_;
    event_log events_;
    method_service methods_;
    std::optional<std::string> trouble_;
};

} // namespace iothub::core
