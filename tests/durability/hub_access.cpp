#include "durability/hub_access.hpp"

#include <chrono>
#include <stdexcept>

#include "common/json.hpp"
#include "integration/hub/management_http.hpp"

namespace iothub::durability {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 20s;

std::uint16_t port_of(const test::hub_process& hub, const char* name) {
    return hub.ready().at("ports").at(name).get<std::uint16_t>();
}

} // namespace

hub_access::hub_access(const test::hub_process& hub)
    : service_string_(hub.connection_string())
    , ca_file_(hub.ca_file())
    , https_(port_of(hub, "https"))
    , mqtts_(port_of(hub, "mqtts"))
    , amqps_(port_of(hub, "amqps"))
    , management_(port_of(hub, "management")) {}

registry_client hub_access::registry() const {
    registry_options options;
    options.ca_file = ca_file_;
    options.operation_timeout = patience;
    return registry_client::create_from_connection_string(service_string_, options);
}

service_client hub_access::service() const {
    service_options options;
    options.ca_file = ca_file_;
    options.amqps_port = amqps_;
    options.operation_timeout = patience;
    return service_client::create_from_connection_string(service_string_, options);
}

event_consumer hub_access::events() const {
    event_consumer_options options;
    options.ca_file = ca_file_;
    options.port = amqps_;
    options.operation_timeout = patience;
    return event_consumer::create_from_connection_string(service_string_, options);
}

client_options hub_access::device_options() const {
    client_options options;
    options.ca_file = ca_file_;
    options.operation_timeout = patience;
    options.retry.initial_delay = 20ms;
    options.retry.max_duration = 100ms;
    return options;
}

std::string hub_access::device_string(const std::string& device_id) const {
    return "HostName=localhost:" + std::to_string(mqtts_) + ";DeviceId=" + device_id +
           ";SharedAccessKey=" +
           registry().get_device(device_id).authentication.symmetric_key.primary_key;
}

std::string hub_access::module_string(const std::string& device_id,
                                      const std::string& module_id) const {
    return "HostName=localhost:" + std::to_string(mqtts_) + ";DeviceId=" + device_id +
           ";ModuleId=" + module_id + ";SharedAccessKey=" +
           registry().get_module(device_id, module_id).authentication.symmetric_key.primary_key;
}

json hub_access::get(const std::string& target) const {
    const std::string response = test::ask_management(management_, "GET", target);
    if (!response.starts_with("HTTP/1.1 200 ")) {
        throw std::runtime_error("GET " + target +
                                 " was answered: " + response.substr(0, response.find('\r')));
    }
    return json::parse(response.substr(response.find("\r\n\r\n") + 4));
}

} // namespace iothub::durability
