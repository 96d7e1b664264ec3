#include "emulator/core/sessions/session_table.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "emulator/core/clock.hpp"
#include "emulator/core/device_link.hpp"
#include "emulator/core/registry/identity_request.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

std::string subscriptions_name(const identity_key& key) {
    return "subscriptions/" + key.text();
}

} // namespace

session_table::session_table(core::store& store, const core::clock& clock)
    : store_(store)
    , clock_(clock) {}

void session_table::connect(const identity_key& key, device_link& link, connection_origin origin) {
    end(key, {errc::connection_forcefully_closed_on_new_connection,
              "a newer connection of the same identity took over"});
    const activity opened{clock_.now(), clock_.now()};
    sessions_.insert_or_assign(key, session{&link, opened});
    journal_.opened(key, std::move(origin), opened.last_activity);
    unwritten_.put(key, opened);
    begun_(key);
}

void session_table::refused(const identity_key& key, std::string_view reason) {
    if (is_valid_id(key.device_id) && (!key.is_module() || is_valid_id(key.module_id))) {
        journal_.refused(key, reason, clock_.now());
    }
}

void session_table::disconnected(const identity_key& key, const device_link& link,
                                 std::string_view reason) {
    const auto found = sessions_.find(key);
    if (found == sessions_.end() || found->second.link != &link) {
        return;
    }
    unwritten_.put(key, {clock_.now(), found->second.activity.last_activity});
    sessions_.erase(found);
    journal_.closed(key, reason, clock_.now());
    ended_(key);
}

void session_table::touch(const identity_key& key) {
    if (const auto found = sessions_.find(key); found != sessions_.end()) {
        found->second.activity.last_activity = clock_.now();
    } else if (activity* waiting = unwritten_.find(key)) {
        waiting->last_activity = clock_.now();
    } else if (const auto known = store_.find_identity(key)) {
        unwritten_.put(key, {known->activity.connection_state_updated, clock_.now()});
    }
}

std::optional<unsigned> session_table::kept_subscriptions(const identity_key& key,
                                                          const std::string& generation_id) const {
    const auto kept = find_record(subscriptions_name(key));
    const std::string prefix = generation_id + " ";
    if (!kept || !kept->starts_with(prefix)) {
        return std::nullopt;
    }
    unsigned subscriptions = 0;
    std::from_chars(kept->data() + prefix.size(), kept->data() + kept->size(), subscriptions);
    return subscriptions;
}

void session_table::keep_subscriptions(const identity_key& key, const std::string& generation_id,
                                       unsigned subscriptions) {
    if (kept_subscriptions(key, generation_id) != subscriptions) {
        keep_record(subscriptions_name(key), generation_id + " " + std::to_string(subscriptions));
    }
}

void session_table::forget_subscriptions(const identity_key& key) {
    if (const std::string name = subscriptions_name(key); find_record(name)) {
        keep_record(name, std::nullopt);
    }
}

void session_table::identity_removed(const identity_key& key) {
    unwritten_.forget(key);
    forget_subscriptions(key);
    if (!key.is_module()) {
        const std::string of_modules = subscriptions_name(key) + "/";
        unwritten_.forget_records(of_modules);
        for (const auto& [name, value] : store_.list_records(of_modules)) {
            store_.remove_record(name);
        }
    }
}

std::optional<std::string> session_table::find_record(const std::string& name) const {
    const auto* waiting = unwritten_.find_record(name);
    return waiting != nullptr ? *waiting : store_.find_record(name);
}

void session_table::keep_record(const std::string& name, session_backlog::record value) {
    unwritten_.forget_record(name);
    if (store_fails_) {
        unwritten_.put_record(name, std::move(value));
    } else if (value) {
        store_.put_record(name, *value);
    } else {
        store_.remove_record(name);
    }
}

std::size_t session_table::disconnect(const identity_key& key, const error& reason) {
    std::vector<identity_key> affected;
    for (const auto& [open_key, open_session] : sessions_) {
        if (key.covers(open_key)) {
            affected.push_back(open_key);
        }
    }
    std::ranges::sort(affected);
    for (const identity_key& one : affected) {
        end(one, reason);
    }
    return affected.size();
}

void session_table::end(const identity_key& key, const error& reason) {
    const auto found = sessions_.find(key);
    if (found == sessions_.end()) {
        return;
    }
    device_link* link = found->second.link;
    disconnected(key, *link, log_text(reason));
    link->disconnect(reason);
}

device_link* session_table::find(const identity_key& key) const {
    const auto found = sessions_.find(key);
    return found == sessions_.end() ? nullptr : found->second.link;
}

std::size_t session_table::connected_devices() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(sessions_, [](const auto& open) { return !open.first.is_module(); }));
}

std::vector<identity_key> session_table::list(bool modules, const identity_key& after,
                                              std::size_t limit) const {
    std::vector<identity_key> first; // a heap: its front is the last one
    for (const auto& [key, open_session] : sessions_) {
        if (key.is_module() != modules || key <= after ||
            (first.size() == limit && first.front() < key)) {
            continue;
        }
        if (first.size() == limit) {
            std::ranges::pop_heap(first);
            first.pop_back();
        }
        first.push_back(key);
        std::ranges::push_heap(first);
    }
    std::ranges::sort_heap(first);
    return first;
}

void session_table::describe(identity& id) const {
    const auto found = sessions_.find(id.key);
    id.connected = found != sessions_.end();
    if (id.connected) {
        id.activity = found->second.activity;
    } else if (const activity* waiting = unwritten_.find(id.key)) {
        id.activity = *waiting;
    }
}

} // namespace iothub::core
