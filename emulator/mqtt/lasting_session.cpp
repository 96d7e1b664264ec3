#include "emulator/mqtt/lasting_session.hpp"

#include "emulator/core/store.hpp"

namespace iothub::mqtt {

bool lasting_session::resume(const core::device_principal& who, bool clean,
                             subscriptions& held) try {
    key_ = who.key;
    generation_id_ = who.generation_id;
    lasts_ = !clean;
    if (clean) {
        hub_.sessions().forget_subscriptions(key_);
        return false;
    }
    const auto kept = hub_.sessions().kept_subscriptions(key_, generation_id_);
    held = subscriptions(kept.value_or(0));
    return kept.has_value();
} catch (const core::store_fault& fault) {
    ++hub_.count().errors;
    hub_.journal().write(log_level::error, "mqtt",
                         key_.text() + ": its session cannot be read: " + fault.what());
    return false;
}

void lasting_session::keep(const subscriptions& held) {
    if (lasts_) {
        hub_.sessions().keep_subscriptions(key_, generation_id_, held.bits());
    }
}

} // namespace iothub::mqtt
