#include "emulator/core/hub.hpp"

#include <algorithm>

#include "emulator/core/query/query_service.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

hub::hub(core::store& store, const core::clock& clock, id_source& ids, iothub::log& log,
         hub_settings settings)
    : store_(store)
    , clock_(clock)
    , ids_(ids)
    , log_(log)
    , sessions_(store, clock)
    , authorities_(store, *settings.certificates)
    , certificates_(*settings.certificates, authorities_, clock)
    , security_(std::move(settings.policies), store, clock, certificates_)
    , identities_(store, sessions_, clock, ids)
    , twins_(store, sessions_, clock)
    , events_(store, clock, settings.events)
    , methods_(store, sessions_, clock)
    , c2d_(store, sessions_, clock, ids, settings.c2d)
    , uploads_(std::move(settings.uploads), clock, ids)
    , queries_(std::make_unique<query::query_service>(store, identities_, sessions_, clock))
    , timed_{&methods_, &c2d_, queries_.get()} {
    observe();
}

hub::~hub() = default;

void hub::observe() {
    sessions_.when_ended([this](const identity_key& key) {
        methods_.offline(key);
        c2d_.offline(key);
    });
    identities_.when_changed([this](const identity_key& key) { identity_changed(key); });
    identities_.when_removed([this](const identity_key& key) { identity_removed(key); });
    twins_.when_changed([this](const twin& now) { twin_changed(now); });
    c2d_.when_ended([this](const identity_key& target, std::uint64_t number, c2d_outcome outcome) {
        message_ended(target, number, outcome);
    });
}

void hub::identity_changed(const identity_key&) {}

void hub::twin_changed(const twin& now) {
    queries_->twin_changed(now);
}

void hub::identity_removed(const identity_key& key) {
    sessions_.identity_removed(key);
    methods_.removed(key);
    c2d_.forget(key);
    uploads_.forget(key);
}

void hub::message_ended(const identity_key& target, std::uint64_t number, c2d_outcome outcome) {
    log_.write(outcome == c2d_outcome::success ? log_level::debug : log_level::info, "c2d",
               target.text() + ": message " + std::to_string(number) +
                   " has ended: " + std::string(outcome_text(outcome)));
}

void hub::take(const device_principal& sender, device_message message) {
    event e;
    e.source = sender.key;
    e.generation_id = sender.generation_id;
    e.auth_method = sender.auth_method;
    e.system_properties = std::move(message.system_properties);
    e.application_properties = std::move(message.application_properties);
    e.body = message.body;
    events_.append(std::move(e));
    ++counters_.messages;
}

void hub::clear() {
    constexpr std::size_t at_once = 500;
    for (auto devices = identities_.list_devices(at_once); !devices.empty();
         devices = identities_.list_devices(at_once)) {
        for (const identity& device : devices) {
            static_cast<void>(identities_.remove(device.key, precondition::anything()));
        }
    }
    events_.clear();
    authorities_.clear();
    sessions_.journal().clear();
}

std::optional<timestamp> hub::next_deadline() const {
    std::optional<timestamp> next;
    for (const timed* one : timed_) {
        if (const auto deadline = one->next_deadline()) {
            next = std::min(next.value_or(*deadline), *deadline);
        }
    }
    return next;
}

void hub::advance() {
    const timestamp now = clock_.now();
    for (timed* one : timed_) {
        try {
            one->advance(now);
        } catch (const store_fault& fault) {
            store_failed("what is due cannot be done: ", fault);
        }
    }
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
    c2d_.turn_committed();
    if (wrote) {
        ++counters_.commits;
        trouble_.reset();
    }
}

void hub::turn_lost(const error& reason) {
    events_.turn_failed();
    try {
        c2d_.turn_failed();
    } catch (const store_fault& fault) {
        store_failed("queues cannot be read: ", fault);
    }
    ++counters_.failed_commits;
    trouble_ = log_text(reason);
    log_.write(log_level::error, "store", "a turn could not be kept: " + *trouble_);
}

void hub::store_failed(std::string_view what, const std::exception& fault) {
    ++counters_.errors;
    log_.write(log_level::error, "store", std::string(what) + fault.what());
}

} // namespace iothub::core
