#pragma once
// All configurations there are, in the order in which they win, and their records in the store.

#include <string>
#include <vector>

#include "emulator/core/configurations/configuration_rule.hpp"

namespace iothub::core {

class store;

class configuration_rules {
public:
    // Empty until load().
    explicit configuration_rules(core::store& store)
        : store_(store) {}

    // Reads what is kept, without what is not valid any more. Throws store_fault, and is as it was
    // then.
    void load();

    const std::vector<configuration_rule>& ranked() const { return ranked_; } // highest first
    std::vector<configuration> list() const; // in the order of their ids
    const configuration_rule* find(const std::string& id) const;

    void put(configuration_rule rule); // adds or replaces
    void erase(const std::string& id);
    void clear();

private:
    core::store& store_;
    std::vector<configuration_rule> ranked_;
};

} // namespace iothub::core
