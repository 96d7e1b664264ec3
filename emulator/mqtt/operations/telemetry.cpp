#include "emulator/mqtt/operations/telemetry.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace iothub::mqtt {

namespace {

struct system_name {
    std::string_view on_wire;
    std::string_view of_event;
};

constexpr std::array system_names{
    system_name{"$.mid", "message-id"},
    system_name{"$.cid", "correlation-id"},
    system_name{"$.uid", "user-id"},
    system_name{"$.to", "to"},
    system_name{"$.ct", "content-type"},
    system_name{"$.ce", "content-encoding"},
    system_name{"$.on", "iothub-outputname"},
    system_name{"$.ifid", "iothub-interface-id"},
    system_name{"$.sub", "dt-subject"},
    system_name{"$.exp", "absolute-expiry-time"},
    system_name{"$.ctime", "iothub-creation-time-utc"},
    system_name{"iothub-ack", "iothub-ack"},
    system_name{"iothub-operation", "iothub-operation"},
    system_name{"iothub-MessageType", "iothub-MessageType"},
};

// Who is connected is for the hub to say; Java sends these upward.
bool is_the_hubs_own(std::string_view key) {
    return key == "$.cdid" || key == "$.cmid";
}

// A system property that the table does not know keeps its name.
void sort_in(property p, core::event& into) {
    if (is_the_hubs_own(p.key)) {
        return;
    }
    const auto* known = std::ranges::find(system_names, p.key, &system_name::on_wire);
    if (known != system_names.end()) {
        p.key = known->of_event;
        into.system_properties.push_back(std::move(p));
    } else if (p.key.starts_with("$.")) {
        into.system_properties.push_back(std::move(p));
    } else {
        into.application_properties.push_back(std::move(p));
    }
}

core::event make_event(const core::device_principal& sender, incoming_message message) {
    core::event e;
    e.source = sender.key;
    e.generation_id = sender.generation_id;
    e.auth_method = sender.auth_method;
    for (property& p : message.properties) {
        sort_in(std::move(p), e);
    }
    if (message.retain) {
        e.application_properties.push_back({"mqtt-retain", "true"});
    }
    e.body = message.payload;
    return e;
}

} // namespace

void take_telemetry(core::hub& hub, const core::device_principal& sender,
                    incoming_message message) {
    hub.events().append(make_event(sender, std::move(message)));
    ++hub.count().messages;
}

} // namespace iothub::mqtt
