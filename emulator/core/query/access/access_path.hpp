#pragma once
// Chooses how a scan gets to the identities that a condition may select: by id, by an index of
// values, by who is connected, by how ids begin, or one after the other.

#include <memory>
#include <string>
#include <vector>

#include "emulator/core/query/access/candidates.hpp"
#include "emulator/core/query/access/restrictions.hpp"

namespace iothub::core::query {

class property_indexes;

// What candidates are found in; all outlive them.
struct searched {
    core::store& store;
    const session_table& sessions;
    property_indexes& indexes;
};

std::unique_ptr<candidates> choose_candidates(searched in, bool modules,
                                              const std::vector<restriction>& restrictions);

// The indexes, there or not, that could find what has those values.
std::vector<std::string> useful_indexes(bool modules, const std::vector<restriction>& restrictions);

} // namespace iothub::core::query
