#include "emulator/mqtt/codec/packet_reader.hpp"

#include <algorithm>

#include "emulator/mqtt/codec/malformed.hpp"

namespace iothub::mqtt {

result<std::optional<raw_packet>> packet_reader::next(std::string_view& input) {
    if (part_ == part::first_byte) {
        begin_packet();
    }
    while (part_ != part::body) {
        if (input.empty()) {
            return std::optional<raw_packet>();
        }
        const auto byte = static_cast<std::uint8_t>(input.front());
        input.remove_prefix(1);
        if (const auto taken = take_header_byte(byte); !taken) {
            return taken.error();
        }
    }
    const auto body = take_body(input);
    if (!body) {
        return std::optional<raw_packet>();
    }
    part_ = part::first_byte;
    return std::optional<raw_packet>({type_, flags_, *body});
}

// The last packet's memory goes, so that an idle connection holds none.
void packet_reader::begin_packet() {
    std::string().swap(body_);
    length_ = 0;
    length_bytes_ = 0;
}

result<> packet_reader::take_header_byte(std::uint8_t byte) {
    return part_ == part::first_byte ? take_first_byte(byte) : take_length_byte(byte);
}

result<> packet_reader::take_first_byte(std::uint8_t byte) {
    const int type = byte >> 4;
    if (type == 0 || type == 15) {
        return malformed("packet type " + std::to_string(type) + " does not exist");
    }
    type_ = static_cast<packet_type>(type);
    flags_ = byte & 15;
    if (!flags_are_valid(type_, flags_)) {
        return malformed(std::string(name_of(type_)) + " with flags " + std::to_string(flags_));
    }
    part_ = part::length;
    return {};
}

// §2.2.3: seven bits a byte, the lowest first, the eighth says that there is more.
result<> packet_reader::take_length_byte(std::uint8_t byte) {
    length_ |= static_cast<std::size_t>(byte & 127) << (7 * length_bytes_);
    ++length_bytes_;
    if ((byte & 128) == 0) {
        part_ = part::body;
    } else if (length_bytes_ == max_length_bytes) {
        return malformed("a remaining length of more than four bytes");
    }
    if (length_ > limit_) {
        return malformed("a packet of " + std::to_string(length_) + " bytes or more, over the " +
                         std::to_string(limit_) + " allowed");
    }
    return {};
}

std::optional<std::string_view> packet_reader::take_body(std::string_view& input) {
    const std::size_t taken = std::min(length_ - body_.size(), input.size());
    const std::string_view piece = input.substr(0, taken);
    input.remove_prefix(taken);
    if (taken == length_) {
        return piece;
    }
    body_.append(piece);
    return body_.size() == length_ ? std::optional<std::string_view>(body_) : std::nullopt;
}

} // namespace iothub::mqtt
