#include "client/src/session/twin_difference.hpp"

#include "common/json.hpp"

namespace iothub::client {

json difference(const json& before, const json& after) {
    json patch = json::object();
    for (const auto& [name, value] : after.items()) {
        const auto old = before.find(name);
        if (old == before.end()) {
            patch[name] = value;
        } else if (old->is_object() && value.is_object()) {
            if (*old != value) {
                patch[name] = difference(*old, value);
            }
        } else if (*old != value) {
            patch[name] = value;
        }
    }
    for (const auto& [name, value] : before.items()) {
        if (!after.contains(name)) {
            patch[name] = nullptr;
        }
    }
    return patch;
}

} // namespace iothub::client
