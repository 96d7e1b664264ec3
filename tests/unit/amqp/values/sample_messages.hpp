#pragma once
// Messages as device SDKs send them (device protocol §2.3, §2.5, §2.7), byte by byte.

#include "support/amqp_bytes.hpp"

namespace iothub::test::sample {

using namespace amqp_bytes;

inline std::string put_token_with(std::string_view message_id) {
    return properties(list_8(5, std::string(message_id) + hex("40") + str("$cbs") + hex("40") +
                                    str("cbs"))) +
           application_properties(map_8(6, str("operation") + str("put-token") + str("type") +
                                               str("servicebus.windows.net:sastoken") +
                                               str("name") + str("localhost/devices/d1"))) +
           value_section(str("SharedAccessSignature sr=localhost"));
}

// Of the C SDK: the first request of a connection, without addresses.
inline std::string first_put_token() {
    return properties(hex("c0 02 01 44")) +
           application_properties(map_8(2, str("operation") + str("put-token"))) +
           value_section(str("SharedAccessSignature sr=localhost"));
}

inline std::string telemetry() {
    return hex("00 53 70 c0 02 01 41") +
           annotations(map_8(2, sym("dt-subject") + str("thermostat"))) +
           properties(list_8(10, str("m-1") + bin("u") + str("/devices/d1/messages/events") +
                                     hex("40 40") + str("c-1") + sym("application/json") +
                                     sym("utf-8") + hex("83 00 00 01 73 99 ea 0e 58") +
                                     hex("83 00 00 01 73 99 ea 0a 70"))) +
           application_properties(
               map_8(4, str("alert") + str("yes") + str("n") + hex("71 00 00 01 00"))) +
           data_section("{\"t\":21}");
}

inline std::string batch() {
    const auto inner = [](std::string_view id, std::string_view content) {
        return properties(list_8(1, str(id))) + data_section(content);
    };
    return data_section(inner("1", "one")) + data_section(inner("2", "two")) +
           data_section(inner("3", ""));
}

// The hub's answer to a GET of a Node device.
inline std::string twin_reply() {
    return annotations(map_8(2, sym("status") + hex("71 00 00 00 c8"))) +
           properties(list_8(6, hex("40 40 40 40") + str("") + str("get-1"))) +
           data_section("{\"desired\":{},\"reported\":{}}");
}

} // namespace iothub::test::sample
