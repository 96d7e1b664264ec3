#include "emulator/core/configurations/configuration_service.hpp"

#include <algorithm>
#include <map>

#include "emulator/core/clock.hpp"
#include "emulator/core/configurations/configuration_document.hpp"
#include "emulator/core/configurations/deployed_module.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

// Some milliseconds' work each.
constexpr std::size_t devices_of_turn = 32;
constexpr std::size_t devices_of_slice = 64;

constexpr std::chrono::seconds rest_after_failure{1};

error not_found(const std::string& id) {
    return {errc::configuration_not_found, "There is no configuration '" + id + "'."};
}

std::vector<counted_metric> metrics_of(const std::vector<configuration>& list) {
    std::vector<counted_metric> metrics;
    for (const configuration& c : list) {
        for (const auto& [name, query] : c.metrics.items()) {
            metrics.push_back({c.id, name, query.get<std::string>()});
        }
    }
    return metrics;
}

} // namespace

configuration_service::configuration_service(core::store& store, identity_registry& identities,
                                             twin_service& twins, query::query_service& queries,
                                             const core::clock& clock)
    : store_(store)
    , identities_(identities)
    , twins_(twins)
    , clock_(clock)
    , rules_(store)
    , evaluator_(store, identities, twins)
    , metrics_(queries) {
    load();
}

// Whatever changed while nobody looked is found by looking at every device once.
void configuration_service::load() {
    rules_.load();
    queue_.clear();
    for (const configuration_rule& rule : rules_.ranked()) {
        queue_.add_configuration(rule.id());
    }
    if (evaluator_.devices().any()) {
        queue_.add_configuration("");
    }
}

result<configuration> configuration_service::put(configuration wanted, const precondition& demand) {
    const configuration_rule* current = rules_.find(wanted.id);
    if (demand.demand == precondition::kind::none && current != nullptr) {
        return error{errc::configuration_already_exists,
                     "A configuration with ID '" + wanted.id + "' is already registered."};
    }
    if (demand.demand != precondition::kind::none && current == nullptr) {
        return not_found(wanted.id);
    }
    if (current != nullptr && !demand.admits(etag_text(current->configuration))) {
        return error{errc::precondition_failed, "PreconditionFailed"};
    }
    if (const auto content = read_configuration_content(wanted.content); !content) {
        return content.error();
    }
    if (current != nullptr) {
        wanted.content = current->configuration.content;
    }
    auto rule = make_rule(std::move(wanted));
    if (!rule) {
        return rule.error();
    }
    return current == nullptr ? create(*std::move(rule))
                              : update(*std::move(rule), configuration(current->configuration));
}

result<configuration> configuration_service::create(configuration_rule rule) {
    if (rules_.ranked().size() >= most_) {
        return error{errc::configuration_count_limit_exceeded,
                     "There are " + std::to_string(most_) + " configurations already."};
    }
    rule.configuration.created = clock_.now();
    rule.configuration.updated = rule.configuration.created;
    rule.configuration.etag = 1;
    return keep(std::move(rule));
}

result<configuration> configuration_service::update(configuration_rule rule,
                                                    const configuration& current) {
    rule.configuration.created = current.created;
    rule.configuration.updated = clock_.now();
    rule.configuration.etag = current.etag + 1;
    return keep(std::move(rule));
}

configuration configuration_service::keep(configuration_rule rule) {
    configuration kept = rule.configuration;
    rules_.put(std::move(rule));
    queue_.add_configuration(kept.id);
    return kept;
}

result<configuration> configuration_service::get(const std::string& id) const {
    const configuration_rule* found = rules_.find(id);
    return found == nullptr ? result<configuration>(not_found(id)) : found->configuration;
}

result<> configuration_service::remove(const std::string& id, const precondition& demand) {
    const configuration_rule* found = rules_.find(id);
    if (found == nullptr) {
        return not_found(id);
    }
    if (!demand.admits(etag_text(found->configuration))) {
        return error{errc::precondition_failed, "PreconditionFailed"};
    }
    rules_.erase(id);
    evaluator_.counts().forget(id);
    queue_.add_configuration(id);
    return {};
}

json configuration_service::describe(const configuration& c) {
    return configuration_document(c, {evaluator_.counts().find(c.id)});
}

void configuration_service::measure(std::vector<configuration> which,
                                    std::function<void(json)> done) {
    auto metrics = metrics_of(which);
    metrics_.count(std::move(metrics), [this, which = std::move(which),
                                        done = std::move(done)](const json& custom) {
        json documents = json::array();
        for (const configuration& c : which) {
            documents.push_back(configuration_document(
                c, {evaluator_.counts().find(c.id), custom.value(c.id, json::object())}));
        }
        done(std::move(documents));
    });
}

result<> configuration_service::apply(const std::string& device_id, const json& content) {
    const auto read = read_configuration_content(content);
    if (!read) {
        return read.error();
    }
    if (read->kind != content_kind::deployment) {
        return error{errc::invalid_configuration_content,
                     "Only modulesContent can be applied to a device."};
    }
    return apply_deployment(identities_, twins_, *read, device_id);
}

void configuration_service::identity_changed(const identity_key& key) {
    if (anything_applies() && key.device_id != at_work_) {
        queue_.add_device(key.device_id);
    }
}

void configuration_service::identity_removed(const identity_key& key) {
    if (key.is_module()) {
        identity_changed(key);
    } else if (anything_applies()) {
        queue_.remove_device(key.device_id);
        evaluator_.forget(rules_.ranked(), key.device_id);
    }
}

void configuration_service::settle() {
    evaluate_slice(devices_of_turn, 0);
}

void configuration_service::turn_failed() {
    if (anything_applies()) {
        rest();
    }
    load();
}

void configuration_service::clear() {
    rules_.clear();
    evaluator_.counts().clear();
    evaluator_.devices().clear();
    queue_.clear();
}

std::optional<timestamp> configuration_service::next_deadline() const {
    if (metrics_.due()) {
        return never;
    }
    return queue_.idle() ? std::nullopt : std::optional(not_before_);
}

void configuration_service::advance(timestamp now) {
    metrics_.advance();
    if (now >= not_before_) {
        evaluate_slice(devices_of_slice, devices_of_slice);
    }
}

void configuration_service::rest() {
    not_before_ = clock_.now() + rest_after_failure;
}

// A device that cannot be read is passed over.
void configuration_service::evaluate_slice(std::size_t changed, std::size_t of_round) {
    if (queue_.idle() || clock_.now() < not_before_) {
        return;
    }
    try {
        evaluate_changed(changed);
        if (of_round > 0) {
            evaluate_next(of_round);
        }
        not_before_ = never;
    } catch (const store_fault&) {
        rest();
        throw;
    }
}

// Its own writes say nothing new.
void configuration_service::evaluate(const std::string& device_id) {
    const struct work {
        std::string& device;
        ~work() { device.clear(); }
    } end{at_work_ = device_id};
    evaluator_.evaluate(rules_.ranked(), device_id);
}

void configuration_service::evaluate_changed(std::size_t most) {
    for (; most > 0; --most) {
        const auto device_id = queue_.take_device();
        if (!device_id) {
            return;
        }
        evaluate(*device_id);
    }
}

// The next slice of a round.
void configuration_service::evaluate_next(std::size_t devices) {
    if (!queue_.in_round()) {
        return;
    }
    const auto next = store_.list_devices(queue_.position(), devices);
    for (const identity& device : next) {
        queue_.move_to(device.key.device_id);
        evaluate(device.key.device_id);
    }
    if (next.size() < devices) {
        end_round();
    }
}

void configuration_service::end_round() {
    for (const std::string& id : queue_.end_round()) {
        if (rules_.find(id) != nullptr) {
            evaluator_.counts().complete(id);
        }
    }
}

} // namespace iothub::core
