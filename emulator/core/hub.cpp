#include "emulator/core/hub.hpp"

#include "emulator/core/store.hpp"

namespace iothub::core {

hub::hub(core::store& store, const core::clock& clock, id_source& ids, iothub::log& log,
         hub_settings settings)
    : store_(store)
    , clock_(clock)
    , ids_(ids)
    , log_(log)
    , sessions_(store, clock)
    , security_(std::move(settings.policies), store, clock)
    , identities_(store, sessions_, clock, ids)
    , twins_(store, sessions_, clock)
    , events_(store, clock, settings.events) {}

void hub::end_turn() {
    events_.write_blocks();
    const auto outcome = store_.commit();
    if (outcome) {
        events_.turn_committed();
        ++counters_.commits;
    } else {
        events_.turn_failed();
        ++counters_.failed_commits;
        log_.write(log_level::error, "store",
                   "a turn could not be kept: " + log_text(outcome.error()));
    }
    turn_.end(outcome);
}

} // namespace iothub::core
