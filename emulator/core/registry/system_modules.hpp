#pragma once
// The modules that every IoT Edge device has without anybody registering them: $edgeAgent and
// $edgeHub (service API §2.3, §2.4). identity_registry makes and removes them with the capability.

#include <array>
#include <string_view>

#include "common/identity_key.hpp"

namespace iothub::core {

inline constexpr std::array<std::string_view, 2> edge_system_modules{"$edgeAgent", "$edgeHub"};

// No other module's id may begin so.
inline bool is_system_module(const identity_key& key) {
    return key.module_id.starts_with('$');
}

} // namespace iothub::core
