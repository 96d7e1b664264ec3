#include "emulator/app/edge_parents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/core/registry/edge_scopes.hpp"

namespace iothub::app {

namespace {

constexpr int max_levels = 32;

// Who stands below whom once the document is applied.
class family {
public:
    family(core::hub& hub, const std::vector<seeded_identity>& named)
        : hub_(hub) {
        for (const seeded_identity& one : named) {
            if (!one.request.key.is_module()) {
                named_[one.request.key.device_id] = &one;
            }
        }
    }

    result<int> levels_above(const seeded_identity& device) const {
        int levels = 0;
        std::string parent = device.parent;
        for (; !parent.empty(); parent = parent_of(parent)) {
            if (!is_edge_device(parent)) {
                return refused(device, "must be the id of an IoT Edge device");
            }
            if (++levels > max_levels) {
                return refused(device, "is refused: an IoT Edge device cannot stand below itself, "
                                       "or more than 32 others");
            }
        }
        return levels;
    }

private:
    static error refused(const seeded_identity& device, std::string_view rule) {
        return {errc::argument_invalid, fmt::format("\"{}.parent\" {}", device.place, rule)};
    }

    std::string parent_of(const std::string& id) const {
        if (const auto found = named_.find(id); found != named_.end()) {
            return found->second->parent;
        }
        const auto present = hub_.identities().get({id, {}});
        return present ? app::parent_of(hub_, *present) : std::string();
    }

    bool is_edge_device(const std::string& id) const {
        if (const auto found = named_.find(id); found != named_.end()) {
            return found->second->request.iot_edge;
        }
        const auto present = hub_.identities().get({id, {}});
        return present && present->iot_edge;
    }

    core::hub& hub_;
    std::map<std::string, const seeded_identity*> named_;
};

} // namespace

result<> order_by_parents(core::hub& hub, std::vector<seeded_identity>& identities) {
    std::map<std::string, int> levels; // by device
    const family all(hub, identities);
    for (const seeded_identity& one : identities) {
        if (!one.request.key.is_module()) {
            const auto above = all.levels_above(one);
            if (!above) {
                return above.error();
            }
            levels[one.request.key.device_id] = *above;
        }
    }
    std::map<int, std::vector<seeded_identity>> of_level;
    for (seeded_identity& one : identities) {
        of_level[levels[one.request.key.device_id]].push_back(std::move(one));
    }
    identities.clear();
    for (auto& [level, some] : of_level) {
        std::ranges::move(some, std::back_inserter(identities));
    }
    return {};
}

result<core::identity_request> request_below_parent(core::hub& hub, const seeded_identity& one) {
    core::identity_request wanted = one.request;
    if (one.parent.empty()) {
        return wanted;
    }
    const auto parent = hub.identities().get({one.parent, {}});
    if (!parent || !parent->iot_edge) {
        return error{errc::invalid_device_scope, "The parent is no IoT Edge device."};
    }
    if (wanted.iot_edge) {
        wanted.parent_scopes = {*parent->device_scope};
    } else {
        wanted.device_scope = parent->device_scope;
    }
    return wanted;
}

std::string parent_of(core::hub& hub, const core::identity& device) {
    if (device.parent_scopes.empty()) {
        return {};
    }
    const std::string& scope = device.parent_scopes.front();
    const std::string id = core::device_of_scope(scope).value_or("");
    const auto parent = hub.identities().get({id, {}});
    return parent && parent->iot_edge && parent->device_scope == scope ? id : std::string();
}

} // namespace iothub::app
