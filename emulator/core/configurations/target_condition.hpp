#pragma once
// Whom a configuration is about (service API §1.5): its condition, and the queries that the hub
// shows for it.

#include <optional>
#include <string_view>

#include "common/result.hpp"
#include "emulator/core/configurations/configuration.hpp"
#include "emulator/core/configurations/configuration_content.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core {

// Nothing where the text is empty: nobody is meant. A condition looks at deviceId, tags and
// reported properties; with moduleContent it is `FROM devices.modules WHERE …` and may also look at
// moduleId. invalid_configuration_target_condition.
result<std::optional<query::condition>> read_target_condition(std::string_view text,
                                                              content_kind kind);

// A query whose rows are counted. invalid_configuration_custom_metrics_query.
result<query::statement> read_metric_query(std::string_view text);

// Of systemMetrics: {"targetedCount":"select deviceId from devices", …}
json system_queries(const configuration& c, content_kind kind);

} // namespace iothub::core
