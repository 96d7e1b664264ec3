#include "emulator/core/configurations/configuration_rule.hpp"

#include "emulator/core/configurations/target_condition.hpp"

namespace iothub::core {

namespace {

error invalid_metric(std::string message) {
    return {errc::invalid_configuration_custom_metrics_query, std::move(message)};
}

result<> check_metrics(const json& queries) {
    if (queries.size() > max_custom_metrics) {
        return invalid_metric("A configuration has at most 5 custom metrics.");
    }
    for (const auto& [name, text] : queries.items()) {
        if (const auto query = read_metric_query(text.get_ref<const std::string&>()); !query) {
            return invalid_metric("A custom metric is not valid: " + query.error().message);
        }
    }
    return {};
}

} // namespace

result<configuration_rule> make_rule(configuration of) {
    auto content = read_configuration_content(of.content);
    if (!content) {
        return content.error();
    }
    auto condition = read_target_condition(of.target_condition, content->kind);
    if (!condition) {
        return condition.error();
    }
    if (const auto metrics = check_metrics(of.metrics); !metrics) {
        return metrics.error();
    }
    of.content = content->document;
    return configuration_rule{std::move(of), *std::move(content), *std::move(condition)};
}

} // namespace iothub::core
