#pragma once
// Automatic device management (service API §1.2, §1.5; rows G01–G03): keeps configurations and IoT
// Edge deployments, and brings twins to what they say whenever a configuration, an identity or a
// twin changes. Called by http/api/configurations; the hub tells it what changed.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/configurations/configuration.hpp"
#include "emulator/core/configurations/configuration_evaluator.hpp"
#include "emulator/core/configurations/configuration_rules.hpp"
#include "emulator/core/configurations/evaluation_queue.hpp"
#include "emulator/core/configurations/metric_counter.hpp"
#include "emulator/core/registry/precondition.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;

class configuration_service final : public timed {
public:
    static constexpr std::size_t max_configurations = 100;

    // All of them outlive the service. Throws store_fault.
    configuration_service(core::store& store, identity_registry& identities, twin_service& twins,
                          query::query_service& queries, const core::clock& clock);

    // A tier may allow fewer.
    void limit_count(std::size_t most) { most_ = most; }

    // Without a precondition it creates (configuration_already_exists,
    // configuration_count_limit_exceeded), with one it updates (configuration_not_found,
    // precondition_failed). The content must be one that could be created, but an update never
    // changes it. Further errors: invalid_configuration_content,
    // invalid_configuration_target_condition, invalid_configuration_custom_metrics_query.
    result<configuration> put(configuration wanted, const precondition& demand);

    // configuration_not_found.
    result<configuration> get(const std::string& id) const;
    std::vector<configuration> list() const { return rules_.list(); } // in the order of their ids

    // What was applied stays in the twins. configuration_not_found, precondition_failed.
    result<> remove(const std::string& id, const precondition& demand);

    // The document of a configuration without the results of its custom metrics.
    json describe(const configuration& c);

    // The documents, with all results; `done` is called once, within the call or later.
    void measure(std::vector<configuration> which, std::function<void(json)> done);

    // applyConfigurationContent: configuration_content.hpp and apply_deployment() have the errors.
    result<> apply(const std::string& device_id, const json& content);

    // What changed, told by the hub.
    void identity_changed(const identity_key& key);
    void identity_removed(const identity_key& key);
    void twin_changed(const twin& now) { identity_changed(now.key); }

    // Before the end of a turn: looks at the first devices that changed in it.
    void settle();

    // Nothing of the turn was kept.
    void turn_failed();

    void clear();

    std::optional<timestamp> next_deadline() const override;
    void advance(timestamp now) override;

private:
    void load();
    result<configuration> create(configuration_rule rule);
    result<configuration> update(configuration_rule rule, const configuration& current);
    configuration keep(configuration_rule rule);
    bool anything_applies() const { return !rules_.ranked().empty() || queue_.in_round(); }
    void evaluate(const std::string& device_id);
    void rest();
    void evaluate_slice(std::size_t changed, std::size_t of_round);
    void evaluate_changed(std::size_t most);
    void evaluate_next(std::size_t devices);
    void end_round();

    core::store& store_;
    identity_registry& identities_;
    twin_service& twins_;
    const core::clock& clock_;
    configuration_rules rules_;
    configuration_evaluator evaluator_;
    metric_counter metrics_;
    std::size_t most_ = max_configurations;
    evaluation_queue queue_;
    timestamp not_before_ = never; // evaluation rests after what failed
    std::string at_work_;          // the device that is being evaluated
};

} // namespace iothub::core
