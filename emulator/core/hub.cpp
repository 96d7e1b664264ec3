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
    , events_(store, clock, settings.events)
    , methods_(store, sessions_, clock) {
    sessions_.when_ended([this](const identity_key& key) { methods_.offline(key); });
}

void hub::end_turn() {
    events_.write_blocks();
    if (const auto committed = store_.commit()) {
        turn_kept(*committed);
        turn_.end({});
    } else {
        turn_lost(committed.error());
        turn_.end(committed.error());
    }
}

void hub::turn_kept(bool wrote) {
    events_.turn_committed();
    if (wrote) {
        ++counters_.commits;
        trouble_.reset();
    }
}

void hub::turn_lost(const error& reason) {
    events_.turn_failed();
    ++counters_.failed_commits;
    trouble_ = log_text(reason);
    log_.write(log_level::error, "store", "a turn could not be kept: " + *trouble_);
}

} // namespace iothub::core
