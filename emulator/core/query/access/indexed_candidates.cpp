#include "emulator/core/query/access/indexed_candidates.hpp"

#include <algorithm>
#include <utility>

#include "emulator/core/query/indexes/indexed_path.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core::query {

namespace {

class indexed final : public candidates {
public:
    indexed(core::store& store, property_indexes& indexes, index_lookup wanted)
        : store_(store)
        , indexes_(indexes)
        , wanted_(std::move(wanted))
        , otherwise_(all_candidates(store, is_index_of_modules(wanted_.index))) {}

    chunk behind(const identity_key& after, std::size_t limit) override {
        if (!indexes_.is_ready(wanted_.index)) {
            return otherwise_->behind(after, limit);
        }
        auto keys = find_any(store_, wanted_, after, limit);
        const bool more = keys.size() == limit;
        chunk c = named_candidates(store_, std::move(keys))->behind(after, limit);
        c.more = more;
        return c;
    }

private:
    core::store& store_;
    property_indexes& indexes_;
    index_lookup wanted_;
    std::unique_ptr<candidates> otherwise_;
};

} // namespace

std::vector<identity_key> find_any(core::store& store, const index_lookup& wanted,
                                   const identity_key& after, std::size_t limit) {
    std::vector<identity_key> keys;
    for (const std::string& value : wanted.values) {
        const auto found = store.find_indexed({wanted.index, value}, after, limit);
        keys.insert(keys.end(), found.begin(), found.end());
    }
    std::ranges::sort(keys);
    keys.resize(std::min(keys.size(), limit));
    return keys;
}

std::unique_ptr<candidates> indexed_candidates(core::store& store, property_indexes& indexes,
                                               index_lookup wanted) {
    return std::make_unique<indexed>(store, indexes, std::move(wanted));
}

} // namespace iothub::core::query
