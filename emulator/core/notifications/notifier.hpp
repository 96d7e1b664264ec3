#pragma once
// Tells the readers of telemetry what happens to identities, twins and connections, as events
// beside it (service API §7.6; row E06). Called by core/hub, as far as the sources were asked for.

#include <cstdint>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/json_fwd.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/notifications/event_source.hpp"

namespace iothub::core {

class clock;
class event_log;
class id_source;
class store;
struct twin;
struct twin_update;

class notifier {
public:
    // Those that are passed by reference outlive it.
    notifier(event_log& events, core::store& store, const core::clock& clock, id_source& ids,
             std::string hub_name, event_sources wanted);

    // An identity and its twin are there, or will be gone with the next step: a device with its
    // modules.
    void created(const identity_key& key);
    void removing(const identity_key& key);

    // A twin was written.
    void updated(const twin& now, const twin_update& update);

    void connected(const identity_key& key);
    void disconnected(const identity_key& key);

    // While it lives, nothing is told.
    class silence {
    public:
        explicit silence(notifier& whose)
            : whose_(whose) {
            whose_.muted_ = true;
        }
        ~silence() { whose_.muted_ = false; }
        silence(const silence&) = delete;
        silence& operator=(const silence&) = delete;

    private:
        notifier& whose_;
    };

private:
    struct notification {
        event_source source;
        std::string_view schema;
        std::string_view operation;
    };

    bool tells(event_source source) const { return !muted_ && wanted_.has(source); }
    void tell_lifecycle(const identity_key& key, std::string_view operation);
    void tell_connection(const identity_key& key, std::string_view operation);
    void tell(const identity_key& key, const notification& what, const json& body);
    std::string next_number();

    event_log& events_;
    core::store& store_;
    const core::clock& clock_;
    id_source& ids_;
    std::string hub_name_;
    event_sources wanted_;
    bool muted_ = false;
    timestamp last_number_ = never;
    std::uint64_t numbers_ = 0;
};

} // namespace iothub::core
