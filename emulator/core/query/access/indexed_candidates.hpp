#pragma once
// Identities that an index of values finds. Goes over to all of them where the index is given up
// meanwhile: a scan may last longer than an index.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/query/access/candidates.hpp"
#include "emulator/core/query/indexes/property_indexes.hpp"

namespace iothub::core::query {

struct index_lookup {
    std::string index;
    std::vector<std::string> values; // encoded; any of them
};

// Keys of identities with one of the values, in their order, behind `after`.
std::vector<identity_key> find_any(core::store& store, const index_lookup& wanted,
                                   const identity_key& after, std::size_t limit);

std::unique_ptr<candidates> indexed_candidates(core::store& store, property_indexes& indexes,
                                               index_lookup wanted);

} // namespace iothub::core::query
