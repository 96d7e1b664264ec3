#pragma once
// A configuration with its content and conditions read: what evaluation works with.

#include <optional>
#include <string>

#include "common/result.hpp"
#include "emulator/core/configurations/configuration.hpp"
#include "emulator/core/configurations/configuration_content.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core {

struct configuration_rule {
    core::configuration configuration;
    configuration_content content;
    std::optional<query::condition> condition; // nothing: nobody is meant

    const std::string& id() const { return configuration.id; }
    content_kind kind() const { return content.kind; }
};

inline constexpr std::size_t max_custom_metrics = 5;

// invalid_configuration_content, invalid_configuration_target_condition,
// invalid_configuration_custom_metrics_query.
result<configuration_rule> make_rule(configuration of);

} // namespace iothub::core
