#include "emulator/mqtt/operations/telemetry.hpp"

#include <algorithm>
#include <utility>

#include "emulator/mqtt/system_names.hpp"

namespace iothub::mqtt {

namespace {

// Who is connected is for the hub to say; Java sends these upward.
bool is_the_hubs_own(std::string_view key) {
    return key == "$.cdid" || key == "$.cmid";
}

// A system property that the table does not know keeps its name.
void sort_in(property p, core::device_message& into) {
    if (is_the_hubs_own(p.key)) {
        return;
    }
    const auto* known = std::ranges::find(system_names, p.key, &system_name::on_wire);
    if (known != system_names.end()) {
        p.key = known->of_hub;
        into.system_properties.push_back(std::move(p));
    } else if (p.key.starts_with("$.")) {
        into.system_properties.push_back(std::move(p));
    } else {
        into.application_properties.push_back(std::move(p));
    }
}

} // namespace

result<> take_telemetry(core::hub& hub, const core::device_principal& sender,
                        incoming_message message) {
    core::device_message sorted;
    for (property& p : message.properties) {
        sort_in(std::move(p), sorted);
    }
    if (message.retain) {
        sorted.application_properties.push_back({"mqtt-retain", "true"});
    }
    sorted.body = message.payload;
    return hub.take(sender, std::move(sorted));
}

} // namespace iothub::mqtt
