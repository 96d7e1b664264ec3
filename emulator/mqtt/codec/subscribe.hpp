#pragma once
// SUBSCRIBE, UNSUBSCRIBE and their answers (MQTT 3.1.1 §3.8–§3.11). Views point into the packet's
// body.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace iothub::mqtt {

// Of one packet; more is malformed. The C SDK sends five (device protocol §1.4).
inline constexpr std::size_t max_filters = 32;

struct subscribe {
    struct request {
        std::string_view filter;
        std::uint8_t qos = 0;
    };

    std::uint16_t packet_id = 0;
    std::vector<request> requests; // at least one
};

struct unsubscribe {
    std::uint16_t packet_id = 0;
    std::vector<std::string_view> filters; // at least one
};

result<subscribe> decode_subscribe(std::string_view body);
result<unsubscribe> decode_unsubscribe(std::string_view body);

inline constexpr std::uint8_t subscription_refused = 0x80;

// `codes` in the order of the requests: the QoS granted, or subscription_refused.
void append_suback(std::string& out, std::uint16_t packet_id,
                   const std::vector<std::uint8_t>& codes);
void append_unsuback(std::string& out, std::uint16_t packet_id);

} // namespace iothub::mqtt
