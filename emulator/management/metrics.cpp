#include "emulator/management/metrics.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace iothub::management {

namespace {

struct metric {
    std::string_view name;
    std::string_view type;
    std::string_view meaning;
    std::uint64_t value;
};

} // namespace

std::string metrics_text(const core::counters& counters, const present_state& now) {
    const core::counters& c = counters;
    const core::identity_counts& ids = now.identities;
    const std::array metrics{
        metric{"connections_total", "counter", "Sessions that were opened.", c.connections},
        metric{"connections_refused_total", "counter", "Sessions refused.", c.refused_connections},
        metric{"connections_open", "gauge", "Connected devices and modules.", now.open_sessions},
        metric{"messages_total", "counter", "Telemetry messages accepted.", c.messages},
        metric{"twin_writes_total", "counter", "Writes to twins.", c.twin_writes},
        metric{"requests_total", "counter", "REST requests.", c.requests},
        metric{"requests_failed_total", "counter", "REST requests answered with 4xx or 5xx.",
               c.failed_requests},
        metric{"throttled_total", "counter", "Operations refused by the limits of a tier.",
               c.throttled},
        metric{"over_quota_total", "counter", "Messages refused by the quota of a tier.",
               c.over_quota},
        metric{"commits_total", "counter", "Commits of the store.", c.commits},
        metric{"commits_failed_total", "counter", "Commits that failed.", c.failed_commits},
        metric{"errors_total", "counter", "Faults of the hub itself.", c.errors},
        metric{"devices", "gauge", "Device identities.", ids.devices},
        metric{"devices_enabled", "gauge", "Device identities that are enabled.",
               ids.enabled_devices},
        metric{"modules", "gauge", "Module identities.", ids.modules},
    };
    std::string text;
    for (const metric& m : metrics) {
        fmt::format_to(std::back_inserter(text),
                       "# HELP iothub_{0} {2}\n# TYPE iothub_{0} {1}\niothub_{0} {3}\n", m.name,
                       m.type, m.meaning, m.value);
    }
    return text;
}

} // namespace iothub::management
