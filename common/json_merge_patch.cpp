#include "common/json_merge_patch.hpp"

#include "common/json.hpp"

namespace iothub {

void merge_patch(json& target, const json& patch) {
    if (!patch.is_object()) {
        target = patch;
        return;
    }
    if (!target.is_object()) {
        target = json::object();
    }
    for (const auto& [name, value] : patch.items()) {
        if (value.is_null()) {
            target.erase(name);
        } else {
            merge_patch(target[name], value);
        }
    }
}

} // namespace iothub
