#include "emulator/app/connection_strings.hpp"

#include "common/connection_string.hpp"
#include "common/json.hpp"

namespace iothub::app {

namespace {

std::string with_port(const std::string& hostname, std::uint16_t port, std::uint16_t standard) {
    return port == standard ? hostname : hostname + ":" + std::to_string(port);
}

} // namespace

json ports_document(const bound_ports& ports) {
    return {{"https", ports.https},
            {"mqtts", ports.mqtts},
            {"amqps", ports.amqps},
            {"amqp", ports.amqp},
            {"management", ports.management}};
}

std::string connection_strings::of_policy(const core::access_policy& policy) const {
    connection_string text;
    text.host_name = with_port(hostname_, ports_.https, 443);
    text.shared_access_key_name = policy.name;
    text.shared_access_key = policy.primary_key;
    return text.text();
}

std::string connection_strings::of_identity(const core::identity& id) const {
    connection_string text;
    text.host_name = with_port(hostname_, ports_.mqtts, 8883);
    text.device_id = id.key.device_id;
    text.module_id = id.key.module_id;
    text.shared_access_key = id.authentication.primary_key;
    text.x509 = id.authentication.primary_key.empty();
    return text.text();
}

std::string connection_strings::of_event_hubs(const core::access_policy& policy) const {
    return "Endpoint=sb://" + with_port(hostname_, ports_.amqp, 5672) +
           ";SharedAccessKeyName=" + policy.name + ";SharedAccessKey=" + policy.primary_key +
           ";UseDevelopmentEmulator=true";
}

} // namespace iothub::app
