#include "emulator/core/configurations/configuration_rules.hpp"

#include <algorithm>

#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

void insert(std::vector<configuration_rule>& ranked, configuration_rule rule) {
    const auto place = std::ranges::find_if(ranked, [&rule](const configuration_rule& other) {
        return outranks(rule.configuration, other.configuration);
    });
    ranked.insert(place, std::move(rule));
}

} // namespace

void configuration_rules::load() {
    std::vector<configuration_rule> ranked;
    for (const auto& [name, text] : store_.list_records(configuration_records)) {
        auto rule =
            make_rule(read_configuration_record(name.substr(configuration_records.size()), text));
        if (rule) {
            insert(ranked, *std::move(rule));
        }
    }
    ranked_ = std::move(ranked);
}

std::vector<configuration> configuration_rules::list() const {
    std::vector<configuration> all;
    for (const configuration_rule& rule : ranked_) {
        all.push_back(rule.configuration);
    }
    std::ranges::sort(all, {}, &configuration::id);
    return all;
}

const configuration_rule* configuration_rules::find(const std::string& id) const {
    const auto found = std::ranges::find(ranked_, id, &configuration_rule::id);
    return found == ranked_.end() ? nullptr : &*found;
}

void configuration_rules::put(configuration_rule rule) {
    erase(rule.id());
    store_.put_record(configuration_record(rule.id()), record_text(rule.configuration));
    insert(ranked_, std::move(rule));
}

void configuration_rules::erase(const std::string& id) {
    std::erase_if(ranked_, [&id](const configuration_rule& rule) { return rule.id() == id; });
    store_.remove_record(configuration_record(id));
}

void configuration_rules::clear() {
    ranked_.clear();
    store_.remove_records(configuration_records);
}

} // namespace iothub::core
