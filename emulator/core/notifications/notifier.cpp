#include "emulator/core/notifications/notifier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/messaging/event_log.hpp"
#include "emulator/core/notifications/twin_notification.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

namespace {

constexpr std::int64_t ticks_until_1601 = 504'911'232'000'000'000;

std::string make_correlation_id(id_source& ids) {
    std::string text;
    for (const char c : ids.random_bytes(5)) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    }
    return text;
}

} // namespace

notifier::notifier(event_log& events, core::store& store, const core::clock& clock, id_source& ids,
                   std::string hub_name, event_sources wanted)
    : events_(events)
    , store_(store)
    , clock_(clock)
    , ids_(ids)
    , hub_name_(std::move(hub_name))
    , wanted_(wanted) {}

void notifier::created(const identity_key& key) {
    tell_lifecycle(key, "createDeviceIdentity");
}

void notifier::removing(const identity_key& key) {
    if (!tells(event_source::device_lifecycle)) {
        return;
    }
    if (!key.is_module()) {
        for (const identity& module : store_.list_modules(key.device_id)) {
            tell_lifecycle(module.key, "deleteDeviceIdentity");
        }
    }
    tell_lifecycle(key, "deleteDeviceIdentity");
}

// A damaged twin is not told of: it must not keep its identity from being removed.
void notifier::tell_lifecycle(const identity_key& key, std::string_view operation) {
    if (!tells(event_source::device_lifecycle)) {
        return;
    }
    std::optional<twin> last;
    try {
        last = store_.find_twin(key);
    } catch (const store_fault&) {
        return;
    }
    if (last) {
        tell(key, {event_source::device_lifecycle, "deviceLifecycleNotification", operation},
             whole_twin_body(*last));
    }
}

void notifier::updated(const twin& now, const twin_update& update) {
    if (tells(event_source::twin_changes)) {
        tell(now.key,
             {event_source::twin_changes, "twinChangeNotification",
              update.replaced ? "replaceTwin" : "updateTwin"},
             update.replaced ? whole_twin_body(now) : twin_update_body(now, update));
    }
}

void notifier::connected(const identity_key& key) {
    tell_connection(key, "deviceConnected");
}

void notifier::disconnected(const identity_key& key) {
    tell_connection(key, "deviceDisconnected");
}

void notifier::tell_connection(const identity_key& key, std::string_view operation) {
    if (tells(event_source::device_connection_state)) {
        tell(
            key,
            {event_source::device_connection_state, "deviceConnectionStateNotification", operation},
            {{"sequenceNumber", next_number()}});
    }
}

// 256 bits: the time, as 100 ns since 1601, and a count. Each is greater than those before it; over
// a restart, unless the clock was set back meanwhile.
std::string notifier::next_number() {
    last_number_ = std::max(last_number_, clock_.now());
    return fmt::format("{:016X}{:016X}{:032X}", 0, dotnet_ticks(last_number_) - ticks_until_1601,
                       ++numbers_);
}

void notifier::tell(const identity_key& key, const notification& what, const json& body) {
    event e;
    e.source = key;
    e.system_properties = {{"iothub-message-source", std::string(name_of(what.source))},
                           {"correlation-id", make_correlation_id(ids_)},
                           {"user-id", hub_name_},
                           {"content-type", "application/json"},
                           {"content-encoding", "utf-8"}};
    e.application_properties = {{"hubName", hub_name_}, {"deviceId", key.device_id}};
    if (key.is_module()) {
        e.application_properties.push_back({"moduleId", key.module_id});
    }
    e.application_properties.push_back({"operationTimestamp", iso_8601(clock_.now())});
    e.application_properties.push_back({"iothub-message-schema", std::string(what.schema)});
    e.application_properties.push_back({"opType", std::string(what.operation)});
    e.body = to_text(body);
    events_.append(std::move(e));
}

} // namespace iothub::core
