// A back-end app: prints the telemetry of all devices and modules, from the oldest event that the
// hub keeps to those that come meanwhile. With --answer, it sends each of their senders a message.

#include <charconv>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>

#include <iothub/event_consumer.hpp>
#include <iothub/service_client.hpp>

#include "samples/command_line.hpp"

namespace {

// Nothing where the option was not given.
template <class Number>
std::optional<Number> number_of(const command_line& arguments, const std::string& option) {
    const std::string text = arguments[option];
    Number number{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!text.empty() && (read.ec != std::errc() || read.ptr != text.data() + text.size())) {
        throw wrong_usage(option + " needs a number");
    }
    return text.empty() ? std::nullopt : std::optional(number);
}

iothub::event_consumer make_consumer(const command_line& arguments) {
    iothub::event_consumer_options options;
    options.ca_file = arguments["--ca-file"];
    options.port = number_of<std::uint16_t>(arguments, "--amqps-port");
    return iothub::event_consumer::create_from_connection_string(arguments.connection_string,
                                                                 options);
}

iothub::service_client make_service(const command_line& arguments) {
    iothub::service_options options;
    options.ca_file = arguments["--ca-file"];
    options.amqps_port =
        number_of<std::uint16_t>(arguments, "--amqps-port").value_or(options.amqps_port);
    return iothub::service_client::create_from_connection_string(arguments.connection_string,
                                                                 options);
}

void print(const iothub::partition_event& event) {
    std::cout << event.device_id << (event.module_id.empty() ? "" : "/" + event.module_id) << ": "
              << event.body << std::endl;
}

void answer(const iothub::service_client& service, const iothub::partition_event& event,
            const std::string& text) {
    iothub::cloud_to_device_message message;
    message.body = text;
    message.correlation_id = event.message_id;
    service.send(event.device_id, event.module_id, message);
}

void run(const command_line& arguments) {
    const iothub::event_consumer consumer = make_consumer(arguments);
    std::optional<iothub::service_client> service;
    if (arguments.options.contains("--answer")) {
        service = make_service(arguments);
    }
    iothub::read_limits limits;
    if (const auto seconds = number_of<std::uint32_t>(arguments, "--seconds")) {
        limits.time = std::chrono::seconds(*seconds);
    }
    consumer.read_all(
        iothub::event_position::earliest(),
        [&](const iothub::partition_event& event) {
            print(event);
            if (service) {
                answer(*service, event, arguments["--answer"]);
            }
            return true;
        },
        limits);
}

const sample program{"read-telemetry",
                     R"usage(usage: read-telemetry [CONNECTION_STRING] [--answer TEXT]
                      [--seconds COUNT] [--ca-file FILE] [--amqps-port PORT]

The connection string of a policy that may read telemetry (service or iothubowner) is the first
argument, or the variable IOTHUB_CONNECTION_STRING:

    export IOTHUB_CONNECTION_STRING="$(iothub-emulator connection-string)"

Without --answer, that of the Event Hubs-compatible endpoint does as well, and is what a hub in
Azure needs. --seconds: how long to read; without it, for ever. --amqps-port: where the hub listens
for AMQP with TLS, if not on 5671.
)usage",
                     "IOTHUB_CONNECTION_STRING",
                     {"--answer", "--seconds", "--ca-file", "--amqps-port"}};

} // namespace

int main(int argc, char** argv) {
    return run_sample(argc, argv, program, run);
}
