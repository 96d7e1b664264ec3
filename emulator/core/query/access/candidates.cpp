#include "emulator/core/query/access/candidates.hpp"

#include <algorithm>
#include <utility>

#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core::query {

namespace {

template <class T>
std::vector<T> in_order(std::vector<T> keys) {
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return keys;
}

class listed final : public candidates {
public:
    listed(core::store& store, bool modules, std::string prefix)
        : store_(store)
        , modules_(modules)
        , prefix_(std::move(prefix)) {}

    chunk behind(const identity_key& after, std::size_t limit) override {
        return after.device_id < prefix_ ? first(limit) : next(after, limit);
    }

private:
    // A device whose id is the prefix itself comes before all that are behind it.
    chunk first(std::size_t limit) {
        const identity_key start{prefix_, {}};
        auto exact = modules_ ? std::nullopt : store_.find_identity(start);
        if (!exact) {
            return next(start, limit);
        }
        return {{*std::move(exact)}, start, true};
    }

    chunk next(const identity_key& after, std::size_t limit) {
        chunk c{modules_ ? store_.list_all_modules(after, limit)
                         : store_.list_devices(after.device_id, limit),
                after, false};
        c.more = c.found.size() == limit;
        while (!c.found.empty() && !c.found.back().key.device_id.starts_with(prefix_)) {
            c.found.pop_back();
            c.more = false;
        }
        if (!c.found.empty()) {
            c.up_to = c.found.back().key;
        }
        return c;
    }

    core::store& store_;
    bool modules_;
    std::string prefix_;
};

class named final : public candidates {
public:
    named(core::store& store, std::vector<identity_key> keys)
        : store_(store)
        , keys_(in_order(std::move(keys))) {}

    chunk behind(const identity_key& after, std::size_t limit) override {
        chunk c{{}, after, false};
        auto at = std::ranges::upper_bound(keys_, after);
        for (; at != keys_.end() && limit > 0; ++at, --limit) {
            if (auto known = store_.find_identity(*at)) {
                c.found.push_back(*std::move(known));
            }
            c.up_to = *at;
        }
        c.more = at != keys_.end();
        return c;
    }

private:
    core::store& store_;
    std::vector<identity_key> keys_;
};

class of_devices final : public candidates {
public:
    of_devices(core::store& store, std::vector<std::string> device_ids)
        : store_(store)
        , device_ids_(in_order(std::move(device_ids))) {}

    // One device at a time, or what `limit` leaves of it.
    chunk behind(const identity_key& after, std::size_t limit) override {
        const auto device = std::ranges::lower_bound(device_ids_, after.device_id);
        if (device == device_ids_.end()) {
            return {{}, after, false};
        }
        chunk c{store_.list_modules(*device), after, true};
        std::erase_if(c.found, [&](const identity& module) { return module.key <= after; });
        if (c.found.size() > limit) {
            c.found.resize(limit);
            c.up_to = c.found.back().key;
            return c;
        }
        c.more = std::next(device) != device_ids_.end();
        if (c.more) {
            c.up_to = {*std::next(device), {}}; // a device, which is not among modules
        } else if (!c.found.empty()) {
            c.up_to = c.found.back().key;
        }
        return c;
    }

private:
    core::store& store_;
    std::vector<std::string> device_ids_;
};

class connected final : public candidates {
public:
    connected(core::store& store, const session_table& sessions, bool modules)
        : store_(store)
        , sessions_(sessions)
        , modules_(modules) {}

    chunk behind(const identity_key& after, std::size_t limit) override {
        const auto keys = sessions_.list(modules_, after, limit);
        chunk c = named(store_, keys).behind(after, limit);
        c.more = keys.size() == limit;
        return c;
    }

private:
    core::store& store_;
    const session_table& sessions_;
    bool modules_;
};

} // namespace

std::unique_ptr<candidates> all_candidates(core::store& store, bool modules, std::string prefix) {
    return std::make_unique<listed>(store, modules, std::move(prefix));
}

std::unique_ptr<candidates> named_candidates(core::store& store, std::vector<identity_key> keys) {
    return std::make_unique<named>(store, std::move(keys));
}

std::unique_ptr<candidates> candidates_of_devices(core::store& store,
                                                  std::vector<std::string> device_ids) {
    return std::make_unique<of_devices>(store, std::move(device_ids));
}

std::unique_ptr<candidates> connected_candidates(core::store& store, const session_table& sessions,
                                                 bool modules) {
    return std::make_unique<connected>(store, sessions, modules);
}

} // namespace iothub::core::query
