#include "emulator/app/option_mistake.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <array>

#include "common/redaction.hpp"
#include "emulator/net/certificates/certificate_names.hpp"

namespace iothub::app {

namespace {

constexpr std::size_t longest_value_shown = 100;

struct listening_port {
    std::string_view option;
    std::uint16_t (*of)(const options&);
};

constexpr std::array listening_ports{
    listening_port{"--https-port",
                   [](const options& o) { return o.https_port.value_or(default_https_port); }},
    listening_port{"--mqtts-port", [](const options& o) { return o.mqtts_port; }},
    listening_port{"--amqps-port", [](const options& o) { return o.amqps_port; }},
    listening_port{"--amqp-port", [](const options& o) { return o.amqp_port; }},
    listening_port{
        "--management-port",
        [](const options& o) { return o.management_port.value_or(default_management_port); }},
};

std::string shown(std::string_view value) {
    return redacted(value.substr(0, longest_value_shown));
}

std::optional<option_mistake> find_hostname_mistake(const options& o) {
    for (const std::string& name : o.hostnames) {
        if (!net::alternative_names({name})) {
            return option_mistake{
                {{"--hostname"}},
                fmt::format("must be host names or IP addresses, not \"{}\"", shown(name))};
        }
    }
    return std::nullopt;
}

std::optional<option_mistake> find_folder_mistake(const options& o) {
    if (o.in_memory || !o.data_dir.empty()) {
        return std::nullopt;
    }
    return option_mistake{{{"--data-dir"}}, "must be a folder, not \"\""};
}

named_option named(const listening_port& listener, const options& o) {
    return {listener.option, listener.of(o) == listener.of(options{})};
}

std::optional<option_mistake> find_port_mistake(const options& o) {
    for (std::size_t i = 0; i < listening_ports.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const std::uint16_t port = listening_ports[i].of(o);
            if (port != 0 && port == listening_ports[j].of(o)) {
                return option_mistake{{named(listening_ports[j], o), named(listening_ports[i], o)},
                                      fmt::format("must be different ports, not both {}", port)};
            }
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<option_mistake> find_host_mistake(const options& o) {
    boost::system::error_code no_address;
    boost::asio::ip::make_address(o.host, no_address);
    if (!no_address) {
        return std::nullopt;
    }
    return option_mistake{
        {{"--host"}},
        fmt::format("must be an IP address such as 127.0.0.2, not \"{}\"", shown(o.host))};
}

std::optional<option_mistake> find_mistake(const options& o) {
    for (const auto find :
         {find_host_mistake, find_hostname_mistake, find_folder_mistake, find_port_mistake}) {
        if (auto found = find(o)) {
            return found;
        }
    }
    return std::nullopt;
}

std::string told(const option_mistake& mistake,
                 const std::function<std::string(const named_option&)>& name_of) {
    std::string text;
    for (const named_option& option : mistake.options) {
        text += (text.empty() ? "" : " and ") + name_of(option);
    }
    return text + " " + mistake.rule;
}

} // namespace iothub::app
