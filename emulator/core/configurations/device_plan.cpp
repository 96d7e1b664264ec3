#include "emulator/core/configurations/device_plan.hpp"

#include <algorithm>
#include <ranges>

#include "emulator/core/query/evaluation.hpp"

namespace iothub::core {

namespace {

const desired_settings nothing_to_set;

bool selects(const configuration_rule& rule, const query::twin_row& row) {
    return rule.condition && query::selects(rule.condition->where, row);
}

const desired_settings& settings_of(const configuration_rule& rule) {
    return rule.content.settings.begin()->second;
}

// A deployment shows on the device and on the modules it has something for.
void place_deployment(const configuration_rule& rule, bool behind_base, device_plan& plan) {
    plan[""].push_back({&rule, behind_base ? nullptr : &nothing_to_set});
    for (const auto& [module, settings] : rule.content.settings) {
        if (!behind_base) {
            plan[module].push_back({&rule, &settings});
        } else if (module == "$edgeAgent") {
            plan[module].push_back({&rule, nullptr});
        }
    }
}

void place_on_modules(const configuration_rule& rule, const device_rows& rows, device_plan& plan) {
    for (const query::twin_row& module : rows.modules) {
        if (selects(rule, module)) {
            plan[module.key().module_id].push_back({&rule, &settings_of(rule)});
        }
    }
}

// Some property of it, or all of none, is set by nobody of a higher rank.
bool shows(const placement& p, const twin_plan& plan) {
    if (p.settings == nullptr || p.settings->empty()) {
        return p.settings != nullptr;
    }
    const auto shadowed = [&](const desired_setting& wanted) {
        for (const placement* higher = plan.data(); higher != &p; ++higher) {
            if (higher->settings != nullptr &&
                std::ranges::any_of(*higher->settings, [&](const desired_setting& s) {
                    return covers(s.path, wanted.path);
                })) {
                return true;
            }
        }
        return false;
    };
    return !std::ranges::all_of(*p.settings, shadowed);
}

} // namespace

device_plan make_plan(const std::vector<configuration_rule>& ranked, const device_rows& rows) {
    device_plan plan;
    bool base_found = false;
    for (const configuration_rule& rule : ranked) {
        if (rule.kind() == content_kind::module) {
            place_on_modules(rule, rows, plan);
        } else if (rule.kind() == content_kind::device) {
            if (selects(rule, rows.device)) {
                plan[""].push_back({&rule, &settings_of(rule)});
            }
        } else if (rows.device.owner().iot_edge && selects(rule, rows.device)) {
            place_deployment(rule, base_found, plan);
            base_found = base_found || rule.content.is_base();
        }
    }
    for (twin_plan& of_twin : plan | std::views::values) {
        for (placement& p : of_twin) {
            p.applied = shows(p, of_twin);
        }
    }
    return plan;
}

json planned_values(json current, const twin_plan& plan) {
    for (const placement& p : plan | std::views::reverse) {
        for (const desired_setting& setting :
             p.settings == nullptr ? nothing_to_set : *p.settings) {
            put_at(current, setting.path, setting.value);
        }
    }
    return current;
}

} // namespace iothub::core
