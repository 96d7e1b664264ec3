#pragma once
// Indexes of values that queries often look for among tags and properties: which there are, how
// they are built beside traffic, and that they say what the twins say. What each has come to is a
// record of the store ("query-index/devices tags.region"), written in the same turn as the entries:
// an index outlives a restart, and one that is unfinished goes on. query_service owns it.

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/query/indexes/index_usage.hpp"
#include "emulator/core/registry/identity.hpp"

namespace iothub::core {
class clock;
class store;
struct twin;
} // namespace iothub::core

namespace iothub::core::query {

class property_indexes {
public:
    // With as many, a new one takes the place of the one that was unused longest, if that was at
    // least `idle`.
    static constexpr std::size_t max_indexes = 16;
    static constexpr std::chrono::minutes idle{10};

    // Identities that a slice of building looks at.
    static constexpr std::size_t slice = 100;

    property_indexes(core::store& store, const core::clock& clock);

    // Whether everything that has a value is in it.
    bool is_ready(const std::string& index) const;

    // It served a query.
    void used(const std::string& index);

    // Learns what a scan cost that compared the paths of these indexes, as far as they are missing.
    void scanned(const std::vector<std::string>& indexes, const scan_cost& cost);

    void twin_changed(const twin& now);

    // Nothing of the turn was kept: what was known may be wrong.
    void turn_failed();

    // When there is something to build, and a slice of it. Throws store_fault, and then rests.
    std::optional<timestamp> next_deadline() const;
    void advance(timestamp now);

    // "devices tags.region ready", for people who look.
    std::vector<std::string> describe() const;

private:
    static constexpr std::chrono::minutes rest{1}; // after a fault

    enum class stage { building, ready, leaving };

    struct entry {
        property_indexes::stage stage = property_indexes::stage::building;
        identity_key done; // building and leaving: up to and with this one
        timestamp last_used = never;
    };
    using known_index = std::map<std::string, entry>::value_type;

    void load();
    void keep(const known_index& index);
    const known_index* unfinished() const;
    void begin(const std::string& index, timestamp now);
    void continue_with(known_index& index);
    void finish(known_index& index);
    known_index* longest_unused(timestamp now);
    std::vector<identity> owners_behind(const known_index& index);

    core::store& store_;
    const core::clock& clock_;
    index_usage usage_;
    std::map<std::string, entry> indexes_;
    bool stale_ = false; // what is in memory may not be what is kept
    timestamp resting_until_ = never;
};

} // namespace iothub::core::query
