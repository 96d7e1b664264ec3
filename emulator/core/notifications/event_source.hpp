#pragma once
// What the hub itself tells the readers of telemetry, beside it, where it was asked to (service API
// §7.6; row E06). The names are those that events carry as iothub-message-source.

#include <array>
#include <cstddef>
#include <string_view>

namespace iothub::core {

enum class event_source { twin_changes, device_lifecycle, device_connection_state };

inline constexpr std::array<std::string_view, 3> event_source_names{
    "twinChangeEvents", "deviceLifecycleEvents", "deviceConnectionStateEvents"};

constexpr std::string_view name_of(event_source source) {
    return event_source_names[static_cast<std::size_t>(source)];
}

class event_sources {
public:
    // False where no source has that name.
    bool add(std::string_view name) {
        for (std::size_t i = 0; i < event_source_names.size(); ++i) {
            if (event_source_names[i] == name) {
                return wanted_[i] = true;
            }
        }
        return false;
    }

    bool has(event_source source) const { return wanted_[static_cast<std::size_t>(source)]; }

private:
    std::array<bool, event_source_names.size()> wanted_{};
};

} // namespace iothub::core
