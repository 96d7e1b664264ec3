#pragma once
// Configuration as back ends read and write it (service API §1.5).

#include <optional>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/configurations/configuration.hpp"
#include "emulator/core/configurations/configuration_counts.hpp"

namespace iothub::core {

// What the hub counted of a configuration.
struct configuration_results {
    std::optional<evaluation_counts> system; // nothing: it was not evaluated yet
    json custom = json::object();            // {name: rows}
};

// In the hub's order of members.
json configuration_document(const configuration& c, const configuration_results& found);

// Read-only members are ignored. argument_invalid names the member that is wrong, the id among
// them; invalid_configuration_content where there is no content.
result<configuration> read_configuration_document(const json& document, const std::string& id);

// Of `{"targetCondition":text,"customMetricQueries":{name:text}}` what is wrong with each, null
// where nothing is: {"targetConditionError":…,"customMetricQueryErrors":{name:…}}. `*` is refused.
// argument_invalid where the members are of other types, or there are over 100 queries.
result<json> test_configuration_queries(const json& document);

} // namespace iothub::core
