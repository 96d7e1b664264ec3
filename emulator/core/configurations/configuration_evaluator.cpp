#include "emulator/core/configurations/configuration_evaluator.hpp"

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>

#include "emulator/core/configurations/deployed_module.hpp"
#include "emulator/core/configurations/device_plan.hpp"
#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

namespace {

using rules = std::vector<configuration_rule>;

constexpr const char* applied_text = "Applied";
constexpr const char* targeted_text = "Targeted";
constexpr const char* edge_agent = "$edgeAgent";

placement_marks marks_of(const twin_plan& plan) {
    placement_marks marks;
    for (const placement& p : plan) {
        marks[p.rule->id()] = {version_of(p.rule->configuration), p.applied};
    }
    return marks;
}

// Configurations that are not applied for a reason of their own, by their ids.
using refusals = std::set<std::string>;

// {"c1":{"status":"Applied"}}, in the order of rank.
json shown_configurations(const twin_plan& plan, const refusals& refused) {
    json shown = json::object();
    for (const placement& p : plan) {
        const bool applied = p.applied && !refused.contains(p.rule->id());
        shown[p.rule->id()] = {{"status", applied ? applied_text : targeted_text}};
    }
    return shown;
}

refusals all_of(const twin_plan& plan) {
    refusals all;
    for (const placement& p : plan) {
        all.insert(p.rule->id());
    }
    return all;
}

// The device and its agent show whether a deployment as a whole is in force.
bool shows_deployments(const std::string& module) {
    return module.empty() || module == edge_agent;
}

// What $edgeAgent says about the desired properties it has now: 200 when it could do as told.
std::optional<bool> reported_success(const twin& agent) {
    const json& reported = agent.reported.values;
    const auto version = reported.find("lastDesiredVersion");
    const auto status = reported.find("lastDesiredStatus");
    if (version == reported.end() || *version != agent.desired.version ||
        status == reported.end() || !status->is_object() || !status->contains("code")) {
        return std::nullopt;
    }
    return status->at("code") == 200;
}

const configuration_rule* find_rule(const rules& ranked, const std::string& id) {
    const auto found = std::ranges::find(ranked, id, &configuration_rule::id);
    return found == ranked.end() ? nullptr : &*found;
}

std::int64_t creation_of(const configuration_rule& rule) {
    return version_of(rule.configuration).created;
}

// What the share in the counts of this very configuration was; nothing of an older one of its name.
evaluation_counts share_of(const evaluated_device& device, const configuration_rule& rule) {
    const auto found = device.shares.find(rule.id());
    return found != device.shares.end() && found->second.created == creation_of(rule)
               ? found->second.counts
               : evaluation_counts();
}

bool stays_in_force(const twin_plan& plan, const configuration_rule& rule) {
    return std::ranges::any_of(
        plan, [&rule](const placement& p) { return p.rule == &rule && p.settings != nullptr; });
}

} // namespace

// The evaluation of one device.
class configuration_evaluator::visit {
public:
    visit(configuration_evaluator& e, const rules& ranked, const identity& device)
        : e_(e)
        , ranked_(ranked)
        , device_id_(device.key.device_id)
        , before_(e.devices_.find(device_id_))
        , plan_(make_plan(ranked, read_rows(device))) {
        for (const std::string& module : before_.twins | std::views::keys) {
            plan_.try_emplace(module); // perhaps nothing targets it any more
        }
    }

    void run() {
        for (const auto& [module, plan] : plan_) {
            if (!shows_deployments(module)) {
                settle(module, plan);
            }
        }
        for (const char* module : {edge_agent, ""}) {
            if (const auto found = plan_.find(module); found != plan_.end()) {
                settle(module, found->second);
            }
        }
        for (const configuration_rule& rule : ranked_) {
            e_.counts_.move(rule.id(), share_of(before_, rule), share_of(now_, rule));
        }
        if (now_ != before_) {
            e_.devices_.keep(device_id_, now_);
        }
    }

private:
    device_rows read_rows(const identity& device) {
        device_rows rows{{e_.store_, e_.identities_, device}, {}};
        const auto about_modules = [](const configuration_rule& rule) {
            return rule.kind() == content_kind::module;
        };
        if (std::ranges::any_of(ranked_, about_modules)) {
            for (identity& module : e_.store_.list_modules(device_id_)) {
                rows.modules.emplace_back(e_.store_, e_.identities_, std::move(module));
            }
        }
        return rows;
    }

    void settle(const std::string& module, const twin_plan& plan) {
        const placement_marks wanted = marks_of(plan);
        const placement_marks& before = before_.twins[module];
        if (!wanted.empty()) {
            now_.twins[module] = wanted;
        }
        const identity_key key{device_id_, module};
        auto found = e_.store_.find_twin(key);
        if (!found && wanted != before && make_deployed_module(e_.identities_, key)) {
            found = e_.store_.find_twin(key);
        }
        if (!found) { // deleted since the last evaluation, or too many of them
            note_refused(plan, json::object());
            return;
        }
        // A twin that was made anew shows nothing of what its predecessor had; what was refused is
        // tried again.
        const json shown = shown_configurations(plan, refused_of(module));
        if (wanted != before || found->configurations.value() != shown) {
            write(*found, plan, before);
            found = e_.store_.find_twin(key);
        }
        note_refused(plan, found->configurations);
        count(*found);
    }

    const refusals& refused_of(const std::string& module) const {
        static const refusals none;
        return shows_deployments(module) ? refused_ : none;
    }

    // `shown` by a twin of the deployments' modules.
    void note_refused(const twin_plan& plan, const json& shown) {
        for (const placement& p : plan) {
            const auto found = shown.find(p.rule->id());
            const bool applied = found != shown.end() && found->at("status") == applied_text;
            if (p.rule->kind() == content_kind::deployment && p.applied && !applied) {
                refused_.insert(p.rule->id());
            }
        }
    }

    void write(const twin& t, const twin_plan& plan, const placement_marks& before) {
        json values = t.desired.values;
        for (const auto& [id, mark] : before) {
            erase_lost(values, t.key.module_id, plan, {id, mark});
        }
        const json patch = difference(t.desired.values, planned_values(std::move(values), plan));
        const bool refused =
            !patch.empty() && !e_.twins_.patch(t.key, {std::nullopt, patch}, precondition());
        e_.twins_.show_configurations(
            t.key,
            shown_configurations(plan, refused ? all_of(plan) : refused_of(t.key.module_id)));
    }

    // Takes away what a configuration has set that does not set it any more. What a deleted one has
    // set stays.
    void erase_lost(json& values, const std::string& module, const twin_plan& plan,
                    const std::pair<std::string, placement_mark>& was) const {
        const configuration_rule* rule = find_rule(ranked_, was.first);
        if (rule == nullptr || !was.second.applied || stays_in_force(plan, *rule) ||
            creation_of(*rule) != was.second.version.created) {
            return;
        }
        const auto& of_twins = rule->content.settings;
        const auto settings =
            of_twins.find(rule->kind() == content_kind::deployment ? module : std::string());
        if (settings != of_twins.end()) {
            for (const desired_setting& setting : settings->second) {
                erase_at(values, setting.path);
            }
        }
    }

    void count(const twin& t) {
        for (const auto& [id, shown] : t.configurations->items()) {
            if (const configuration_rule* rule = find_rule(ranked_, id)) {
                count(t, *rule, shown.at("status") == applied_text);
            }
        }
    }

    // Deployments count devices, though they show on modules too.
    void count(const twin& t, const configuration_rule& rule, bool applied) {
        evaluated_device::share& share = now_.shares[rule.id()];
        share.created = creation_of(rule);
        if (t.key.is_module() == (rule.kind() == content_kind::module)) {
            ++share.counts.targeted;
            share.counts.applied += applied ? 1 : 0;
        }
        if (rule.kind() == content_kind::deployment && applied && t.key.module_id == edge_agent) {
            const auto success = reported_success(t);
            share.counts.succeeded += success == true ? 1 : 0;
            share.counts.failed += success == false ? 1 : 0;
        }
    }

    configuration_evaluator& e_;
    const rules& ranked_;
    const std::string device_id_;
    evaluated_device before_;
    evaluated_device now_;
    device_plan plan_;
    refusals refused_; // deployments of which a module could not be made or written
};

void configuration_evaluator::evaluate(const rules& ranked, const std::string& device_id) {
    if (const auto device = store_.find_identity({device_id, {}})) {
        visit(*this, ranked, *device).run();
    }
}

void configuration_evaluator::forget(const rules& ranked, const std::string& device_id) {
    const evaluated_device before = devices_.find(device_id);
    for (const configuration_rule& rule : ranked) {
        counts_.move(rule.id(), share_of(before, rule), {});
    }
    devices_.keep(device_id, {});
}

} // namespace iothub::core
