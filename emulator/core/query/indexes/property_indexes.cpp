#include "emulator/core/query/indexes/property_indexes.hpp"

#include <algorithm>
#include <utility>

#include "emulator/core/clock.hpp"
#include "emulator/core/query/indexes/indexed_path.hpp"
#include "emulator/core/query/key_text.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core::query {

namespace {

constexpr std::string_view records = "query-index/";

constexpr std::string_view ready_text = "ready";
constexpr std::string_view building_text = "building ";
constexpr std::string_view leaving_text = "leaving ";

void put_entry(core::store& store, const std::string& index, const twin& t) {
    if (const auto value = indexed_value(index, t)) {
        store.put_index_entry(index, t.key, *value);
    } else {
        store.remove_index_entry(index, t.key);
    }
}

} // namespace

property_indexes::property_indexes(core::store& store, const core::clock& clock)
    : store_(store)
    , clock_(clock) {
    load();
}

// A record that says nothing known is taken for an index to begin leaving.
void property_indexes::load() {
    std::map<std::string, entry> before = std::exchange(indexes_, {});
    for (const auto& [name, text] : store_.list_records(records)) {
        const std::string index = name.substr(records.size());
        entry e{
            stage::leaving, {}, before.contains(index) ? before[index].last_used : clock_.now()};
        if (text == ready_text) {
            e.stage = stage::ready;
        } else if (text.starts_with(building_text)) {
            e.stage = stage::building;
            e.done = key_of_text(std::string_view(text).substr(building_text.size()));
        } else if (text.starts_with(leaving_text)) {
            e.done = key_of_text(std::string_view(text).substr(leaving_text.size()));
        }
        indexes_.emplace(index, std::move(e));
    }
    stale_ = false;
}

void property_indexes::keep(const known_index& index) {
    const auto& [name, e] = index;
    const std::string text =
        e.stage == stage::ready
            ? std::string(ready_text)
            : std::string(e.stage == stage::building ? building_text : leaving_text) +
                  e.done.text();
    store_.put_record(std::string(records) + name, text);
}

bool property_indexes::is_ready(const std::string& index) const {
    const auto known = indexes_.find(index);
    return !stale_ && known != indexes_.end() && known->second.stage == stage::ready;
}

void property_indexes::used(const std::string& index) {
    if (const auto known = indexes_.find(index); known != indexes_.end()) {
        known->second.last_used = clock_.now();
    }
}

void property_indexes::scanned(const std::vector<std::string>& indexes, const scan_cost& cost) {
    std::vector<std::string> missing = indexes;
    std::erase_if(missing, [this](const std::string& name) { return indexes_.contains(name); });
    usage_.count(missing, cost);
}

void property_indexes::twin_changed(const twin& now) {
    if (stale_) {
        load();
    }
    for (const auto& [name, e] : indexes_) {
        if (e.stage != stage::leaving && is_index_of_modules(name) == now.key.is_module()) {
            put_entry(store_, name, now);
        }
    }
}

void property_indexes::turn_failed() {
    stale_ = true;
    resting_until_ = clock_.now() + rest;
}

const property_indexes::known_index* property_indexes::unfinished() const {
    const auto found = std::ranges::find_if(
        indexes_, [](const known_index& i) { return i.second.stage != stage::ready; });
    return found == indexes_.end() ? nullptr : &*found;
}

std::optional<timestamp> property_indexes::next_deadline() const {
    const bool busy = stale_ || unfinished() != nullptr || usage_.wanted();
    return busy ? std::optional(resting_until_) : std::nullopt;
}

void property_indexes::advance(timestamp now) {
    if (now < resting_until_) {
        return;
    }
    try {
        if (stale_) {
            load();
        }
        if (const known_index* index = unfinished()) {
            const std::string name = index->first;
            continue_with(*indexes_.find(name));
        } else if (const auto wanted = usage_.wanted()) {
            begin(*wanted, now);
        }
    } catch (const store_fault&) {
        resting_until_ = now + rest;
        throw;
    }
}

// Where there is no room, another index has to leave first.
void property_indexes::begin(const std::string& index, timestamp now) {
    if (indexes_.size() < max_indexes) {
        usage_.forget(index);
        keep(*indexes_.insert_or_assign(index, entry{stage::building, {}, now}).first);
    } else if (known_index* unused = longest_unused(now)) {
        unused->second.stage = stage::leaving;
        keep(*unused);
    } else {
        usage_.forget(index);
    }
}

property_indexes::known_index* property_indexes::longest_unused(timestamp now) {
    const auto oldest = std::ranges::min_element(
        indexes_, {}, [](const known_index& i) { return i.second.last_used; });
    return now - oldest->second.last_used < idle ? nullptr : &*oldest;
}

std::vector<identity> property_indexes::owners_behind(const known_index& index) {
    const auto& [name, e] = index;
    return is_index_of_modules(name) ? store_.list_all_modules(e.done, slice)
                                     : store_.list_devices(e.done.device_id, slice);
}

void property_indexes::continue_with(known_index& index) {
    auto& [name, e] = index;
    const std::vector<identity> owners = owners_behind(index);
    for (const identity& owner : owners) {
        if (e.stage == stage::leaving) {
            store_.remove_index_entry(name, owner.key);
        } else if (const auto t = store_.find_twin(owner.key)) {
            put_entry(store_, name, *t);
        }
    }
    if (owners.size() < slice) {
        finish(index);
    } else {
        e.done = owners.back().key;
        keep(index);
    }
}

void property_indexes::finish(known_index& index) {
    const std::string name = index.first;
    if (index.second.stage == stage::building) {
        index.second = {stage::ready, {}, clock_.now()};
        keep(index);
    } else {
        store_.clear_index(name);
        store_.remove_record(std::string(records) + name);
        indexes_.erase(name);
    }
}

std::vector<std::string> property_indexes::describe() const {
    std::vector<std::string> texts;
    for (const auto& [name, e] : indexes_) {
        texts.push_back(name + (e.stage == stage::ready      ? " ready"
                                : e.stage == stage::building ? " building"
                                                             : " leaving"));
    }
    return texts;
}

} // namespace iothub::core::query
