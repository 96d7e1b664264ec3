#pragma once
// Names a device, or a module of a device. Ids are case-sensitive (specification §2.1).

#include <compare>
#include <functional>
#include <string>

namespace iothub {

struct identity_key {
    std::string device_id;
    std::string module_id; // empty for the device itself

    bool is_module() const { return !module_id.empty(); }

    // What happens to a device happens to its modules: true for the same identity, and for a device
    // and any of its modules.
    bool covers(const identity_key& other) const {
        return *this == other || (!is_module() && other.device_id == device_id);
    }

    // "device" or "device/module": the MQTT client id, and how logs name an identity.
    std::string text() const { return is_module() ? device_id + "/" + module_id : device_id; }

    auto operator<=>(const identity_key&) const = default;
};

} // namespace iothub

template <>
struct std::hash<iothub::identity_key> {
    std::size_t operator()(const iothub::identity_key& key) const noexcept {
        const std::size_t device = std::hash<std::string>{}(key.device_id);
        return device ^ (std::hash<std::string>{}(key.module_id) + 0x9e3779b97f4a7c15ULL +
                         (device << 6) + (device >> 2));
    }
};
