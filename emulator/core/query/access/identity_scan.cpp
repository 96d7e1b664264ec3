#include "emulator/core/query/access/identity_scan.hpp"

#include <algorithm>
#include <utility>

#include "emulator/core/query/evaluation.hpp"
#include "emulator/core/query/indexes/property_indexes.hpp"
#include "emulator/core/query/twin_row.hpp"

namespace iothub::core::query {

namespace {

constexpr std::size_t first_chunk = 8;
constexpr std::size_t largest_chunk = 128;

} // namespace

identity_scan::identity_scan(scanned what, condition where, identity_key after)
    : what_(what)
    , modules_(where.from == collection::modules)
    , where_(std::move(where.where))
    , position_(std::move(after))
    , chunk_(first_chunk) {}

void identity_scan::choose() {
    const auto restrictions = restrictions_of(where_);
    useful_ = useful_indexes(modules_, restrictions);
    candidates_ = choose_candidates(what_.in, modules_, restrictions);
}

bool identity_scan::read(std::size_t rows, const taker& take) {
    if (!candidates_) {
        choose();
    }
    next then = next::chunk;
    while (rows > 0 && then == next::chunk) {
        const std::size_t limit = std::min(rows, chunk_);
        chunk_ = std::min(chunk_ * 2, largest_chunk);
        rows -= limit;
        then = read_chunk(limit, take);
    }
    what_.in.indexes.scanned(useful_, std::exchange(cost_, {}));
    return then != next::end;
}

identity_scan::next identity_scan::read_chunk(std::size_t limit, const taker& take) {
    candidates::chunk c = candidates_->behind(position_, limit);
    for (identity& one : c.found) {
        position_ = one.key;
        ++what_.rows_read;
        const twin_row row(what_.in.store, what_.identities, std::move(one));
        if (!selects(where_, row)) {
            ++cost_.in_vain;
            continue;
        }
        ++cost_.selected;
        if (!take(row)) {
            return next::stop;
        }
    }
    position_ = std::move(c.up_to);
    return c.more ? next::chunk : next::end;
}

} // namespace iothub::core::query
