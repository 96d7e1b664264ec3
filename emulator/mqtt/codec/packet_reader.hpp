#pragma once
// Cuts a stream of bytes, however it was split, into MQTT control packets (§2.1–§2.3). A packet
// that declares more than the limit is refused before any of it is kept, and a packet that arrives
// whole is not copied. Used by mqtt/connection.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "emulator/mqtt/codec/packet_type.hpp"

namespace iothub::mqtt {

struct raw_packet {
    packet_type type;
    std::uint8_t flags;
    std::string_view body; // what follows the fixed header
};

class packet_reader {
public:
    // The longest body that is taken.
    explicit packet_reader(std::size_t limit)
        : limit_(limit) {}
    void set_limit(std::size_t limit) { limit_ = limit; }

    // Takes bytes from the front of `input` until they complete a packet; nothing when they do not.
    // The packet is valid until the next call, and as long as the bytes of `input` are. After an
    // error the stream cannot be read any further.
    result<std::optional<raw_packet>> next(std::string_view& input);

    // Bytes of an incomplete packet that are kept.
    std::size_t buffered() const { return body_.size(); }

private:
    static constexpr int max_length_bytes = 4;

    enum class part { first_byte, length, body };

    void begin_packet();
    result<> take_header_byte(std::uint8_t byte);
    result<> take_first_byte(std::uint8_t byte);
    result<> take_length_byte(std::uint8_t byte);
    std::optional<std::string_view> take_body(std::string_view& input);

    std::size_t limit_;
    part part_ = part::first_byte;
    packet_type type_{};
    std::uint8_t flags_ = 0;
    int length_bytes_ = 0;
    std::size_t length_ = 0;
    std::string body_;
};

} // namespace iothub::mqtt
