#include "emulator/core/hub.hpp"

#include <algorithm>

#include "emulator/core/c2d/feedback_queue.hpp"
#include "emulator/core/configurations/configuration_line.hpp"
#include "emulator/core/configurations/configuration_service.hpp"
#include "emulator/core/jobs/job_service.hpp"
#include "emulator/core/jobs/listed_transfers.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/core/messaging/partition_readers.hpp"
#include "emulator/core/notifications/notifier.hpp"
#include "emulator/core/query/query_service.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/store_health.hpp"
#include "emulator/core/transfers/transfer_service.hpp"
#include "emulator/core/uploads/file_notification_service.hpp"

namespace iothub::core {

hub::hub(core::store& store, const core::clock& clock, id_source& ids, iothub::log& log,
         hub_settings settings)
    : store_(store)
    , clock_(clock)
    , ids_(ids)
    , log_(log)
    , name_(std::move(settings.name))
    , sessions_(store, clock)
    , authorities_(store, *settings.certificates)
    , certificates_(*settings.certificates, authorities_, clock)
    , security_(std::move(settings.policies), store, clock, certificates_)
    , identities_(store, sessions_, clock, ids)
    , twins_(store, sessions_, clock)
    , events_(store, clock, settings.events)
    , methods_(store, sessions_, clock)
    , c2d_(store, sessions_, clock, ids, settings.c2d)
    , uploads_(settings.uploads, clock, ids)
    , queries_(std::make_unique<query::query_service>(store, identities_, sessions_, clock))
    , configurations_(
          std::make_unique<configuration_service>(store, identities_, twins_, *queries_, clock))
    , transfers_(std::make_unique<transfer_service>(store, identities_, twins_, clock, ids))
    , jobs_(std::make_unique<job_service>(store, *queries_, twins_, methods_, clock))
    , feedback_(std::make_unique<feedback_queue>(store, clock, ids))
    , file_notifications_(
          std::make_unique<file_notification_service>(store, clock, ids, log, settings.uploads))
    , readers_(std::make_unique<partition_readers>())
    , limits_(std::make_unique<limiter>(clock, counters_))
    , notifier_(std::make_unique<notifier>(events_, store, clock, ids, name_, settings.told))
    , timed_{&methods_,        &c2d_,       queries_.get(),  configurations_.get(),
             transfers_.get(), jobs_.get(), feedback_.get(), file_notifications_.get()}
    , health_(std::make_unique<store_health>(store, log)) {
    if (settings.accept_bearer_tokens) {
        security_.accept_bearer_tokens();
    }
    observe();
}

hub::~hub() = default;

// Nobody makes the line unless somebody reads it: twins are written often.
void hub::tell_of_twin(const twin& now, const twin_update& update) {
    if (!log_.wants(log_level::debug)) {
        return;
    }
    const auto write = [&](const std::string& what) {
        log_.write(log_level::debug, "twin", now.key.text() + ": " + what);
    };
    const std::string desired_version = ", now version " + std::to_string(now.desired.version);
    if (update.replaced) {
        write("tags and desired properties were replaced by a back end" + desired_version);
    }
    if (update.tags) {
        write("tags were changed by a back end");
    }
    if (update.desired) {
        write("desired properties were changed by a back end" + desired_version);
    }
    if (update.reported) {
        write("reported properties were changed by itself, now version " +
              std::to_string(now.reported.version));
    }
}

void hub::observe() {
    sessions_.when_begun([this](const identity_key& key) { notifier_->connected(key); });
    sessions_.when_ended([this](const identity_key& key) {
        methods_.offline(key);
        c2d_.offline(key);
        notifier_->disconnected(key);
    });
    identities_.count_messages([this](const identity_key& key) { return c2d_.count(key); });
    identities_.when_created([this](const identity_key& key) { notifier_->created(key); });
    identities_.when_removing([this](const identity_key& key) { notifier_->removing(key); });
    identities_.when_changed([this](const identity_key& key) { identity_changed(key); });
    identities_.when_removed([this](const identity_key& key) { identity_removed(key); });
    twins_.when_changed([this](const twin& now) { twin_changed(now); });
    twins_.when_updated([this](const twin& now, const twin_update& update) {
        tell_of_twin(now, update);
        notifier_->updated(now, update);
    });
    transfers_->include(
        {[this] { return configuration_lines(*configurations_); },
         [this](const json& line) { return import_configuration_line(*configurations_, line); }});
    transfers_->when_ended([this](const transfer_job& job) { transfer_ended(job); });
    jobs_->also_list([this] { return listed_transfers(*transfers_); });
    c2d_.when_ended([this](const identity_key& target, std::uint64_t number, c2d_outcome outcome) {
        message_ended(target, number, outcome);
    });
}

void hub::identity_changed(const identity_key& key) {
    configurations_->identity_changed(key);
}

void hub::twin_changed(const twin& now) {
    queries_->twin_changed(now);
    configurations_->twin_changed(now);
}

void hub::identity_removed(const identity_key& key) {
    sessions_.identity_removed(key);
    methods_.removed(key);
    c2d_.forget(key);
    uploads_.forget(key);
    configurations_->identity_removed(key);
}

void hub::transfer_ended(const transfer_job& job) {
    const bool failed = job.status == transfer_status::failed;
    log_.write(failed ? log_level::warning : log_level::info, "transfers",
               std::string(transfer_type_name(job.type)) + " " + job.id + ": " +
                   std::string(transfer_status_name(job.status)) +
                   (failed ? ": " + job.failure_reason : ""));
}

void hub::message_ended(const identity_key& target, std::uint64_t number, c2d_outcome outcome) {
    log_.write(outcome == c2d_outcome::success ? log_level::debug : log_level::info, "c2d",
               target.text() + ": message " + std::to_string(number) +
                   " has ended: " + std::string(outcome_text(outcome)));
    feedback_->added();
}

result<> hub::take(const device_principal& sender, device_message message) {
    const limiter::messages sent{1, limits_->units_of(message.body.size())};
    if (const auto allowed = limits_->charge(operation::d2c_send, sent); !allowed) {
        return allowed;
    }
    keep(sender, std::move(message));
    return {};
}

result<> hub::take_all(const device_principal& sender, std::vector<device_message> messages) {
    limiter::messages sent{messages.size(), 0};
    for (const device_message& message : messages) {
        sent.units += limits_->units_of(message.body.size());
    }
    if (const auto allowed = limits_->charge(operation::d2c_send, sent); !allowed) {
        return allowed;
    }
    for (device_message& message : messages) {
        keep(sender, std::move(message));
    }
    return {};
}

void hub::keep(const device_principal& sender, device_message message) {
    if (!sender.model_id.empty()) {
        message.system_properties.push_back({"dt-dataschema", sender.model_id});
    }
    events_.append({sender.key, sender.generation_id, sender.auth_method, message.system_properties,
                    message.application_properties, message.body});
    ++counters_.messages;
}

result<c2d_message> hub::send(const identity_key& target, c2d_message message) {
    const limiter::messages sent{1, limits_->units_of(message.body.size())};
    if (const auto allowed = limits_->charge(operation::c2d_send, sent); !allowed) {
        return allowed.error();
    }
    return c2d_.enqueue(target, std::move(message));
}

void hub::limit_to(const limit_profile& profile) {
    limits_->use(profile);
    identities_.limit_devices(profile.max_devices);
    configurations_->limit_count(profile.max_configurations);
    jobs_->max_active(profile.max_active_jobs);
}

void hub::clear() {
    constexpr std::size_t at_once = 500;
    const notifier::silence silence(*notifier_);
    configurations_->clear();
    transfers_->clear();
    jobs_->clear();
    for (auto devices = identities_.list_devices(at_once); !devices.empty();
         devices = identities_.list_devices(at_once)) {
        for (const identity& device : devices) {
            static_cast<void>(identities_.remove(device.key, precondition::anything()));
        }
    }
    events_.clear();
    file_notifications_->clear();
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
    if (const auto aside = next_aside()) {
        next = std::min(next.value_or(*aside), *aside);
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
    try {
        configurations_->settle();
    } catch (const store_fault& fault) {
        store_failed("configurations cannot be evaluated: ", fault);
    }
    events_.write_blocks();
    const auto committed = store_.commit();
    if (!committed) {
        health_->turn_lost(committed.error(), clock_.now());
    }
    if (const auto aside = next_aside(); aside && *aside <= clock_.now()) {
        commit_aside(); // before anyone who hears of the turn writes for the next one
    }
    sessions_.store_fails(health_->ails());
    if (committed) {
        turn_kept(*committed);
        turn_.end({});
    } else {
        turn_lost();
        turn_.end(committed.error());
    }
}

// While the store is in trouble, it is tried with the probe, and what is small waits for that.
std::optional<timestamp> hub::next_aside() const {
    const auto probe = health_->next_deadline();
    return probe ? probe : sessions_.unwritten().next_deadline();
}

// What nobody waits for, in a commit that no reply depends on; false where it failed.
bool hub::commit_aside() {
    const timestamp now = clock_.now();
    sessions_.unwritten().write(store_, now);
    if (health_->next_deadline()) {
        health_->write_probe(now);
    }
    const auto committed = store_.commit();
    if (committed) {
        sessions_.unwritten().kept();
        health_->kept();
    } else {
        sessions_.unwritten().not_kept();
        health_->not_kept(committed.error(), now);
    }
    return bool(committed);
}

void hub::write_what_waits() {
    while (sessions_.unwritten().next_deadline() && commit_aside()) {
    }
}

std::optional<std::string> hub::trouble() {
    return health_->trouble(clock_.now());
}

void hub::turn_kept(bool wrote) {
    events_.turn_committed();
    c2d_.turn_committed();
    feedback_->turn_committed();
    file_notifications_->turn_committed();
    jobs_->turn_committed();
    if (wrote) {
        ++counters_.commits;
        health_->kept();
    }
}

void hub::turn_lost() {
    events_.turn_failed();
    feedback_->turn_failed();
    queries_->turn_failed();
    try {
        c2d_.turn_failed();
    } catch (const store_fault& fault) {
        store_failed("queues cannot be read: ", fault);
    }
    try {
        configurations_->turn_failed();
    } catch (const store_fault& fault) {
        store_failed("configurations cannot be read: ", fault);
    }
    try {
        jobs_->turn_failed();
    } catch (const store_fault& fault) {
        store_failed("jobs cannot be read: ", fault);
    }
    try {
        file_notifications_->turn_failed();
    } catch (const store_fault& fault) {
        store_failed("file notifications cannot be read: ", fault);
    }
    ++counters_.failed_commits;
    transfers_->turn_failed();
}

void hub::store_failed(std::string_view what, const std::exception& fault) {
    ++counters_.errors;
    log_.write(log_level::error, "store", std::string(what) + fault.what());
}

} // namespace iothub::core
