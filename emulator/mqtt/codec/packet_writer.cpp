#include "emulator/mqtt/codec/packet_writer.hpp"

namespace iothub::mqtt {

void append_header(std::string& out, packet_type type, std::uint8_t flags, std::size_t body) {
    out += static_cast<char>(static_cast<std::uint8_t>(type) << 4 | flags);
    do {
        const std::size_t more = body >> 7;
        out += static_cast<char>((body & 127) | (more != 0 ? 128U : 0U));
        body = more;
    } while (body != 0);
}

void append_number(std::string& out, std::uint16_t number) {
    out += static_cast<char>(number >> 8);
    out += static_cast<char>(number & 255);
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, static_cast<std::uint16_t>(text.size()));
    out += text;
}

} // namespace iothub::mqtt
