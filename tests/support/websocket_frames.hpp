#pragma once
// WebSocket frames (RFC 6455 §5.2) as a test's client writes and reads them, made without the
// product's library.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace iothub::test::websocket {

enum opcode : unsigned {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10,
};

// RFC 6455 §1.3 gives this key and its answer.
inline constexpr const char* key = "dGhlIHNhbXBsZSBub25jZQ==";
inline constexpr const char* accepted_key = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

inline std::string big_endian(std::uint64_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        text += static_cast<char>(value >> shift & 255);
    }
    return text;
}

// The two first bytes and the length, for a payload of `size` bytes.
inline std::string head(unsigned first_byte, std::uint64_t size, bool masked) {
    const unsigned mask = masked ? 128 : 0;
    const unsigned form = size < 126 ? static_cast<unsigned>(size) : size < 65536 ? 126 : 127;
    std::string bytes{static_cast<char>(first_byte), static_cast<char>(mask | form)};
    return form < 126 ? bytes : bytes + big_endian(size, form == 126 ? 2 : 8);
}

// A frame as a client sends it. `first_byte` has FIN and the reserved bits beside the opcode.
inline std::string masked(unsigned first_byte, std::string_view payload) {
    static constexpr char mask[] = {0x11, 0x22, 0x33, 0x44};
    std::string bytes = head(first_byte, payload.size(), true) + std::string(mask, 4);
    for (std::size_t i = 0; i < payload.size(); ++i) {
        bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    return bytes;
}

inline std::string frame(opcode op, std::string_view payload) {
    return masked(0x80U | op, payload);
}
inline std::string unfinished(opcode op, std::string_view payload) {
    return masked(op, payload);
}
inline std::string unmasked(opcode op, std::string_view payload) {
    return head(0x80U | op, payload.size(), false).append(payload);
}
inline std::string close_frame(unsigned code) {
    return frame(close, big_endian(code, 2));
}

// A frame as it came from the server.
struct received_frame {
    unsigned first_byte = 0;
    std::string payload;

    friend bool operator==(const received_frame&, const received_frame&) = default;
};

// How many bytes the length after `head` (two bytes) takes, and what it is.
inline std::size_t length_bytes(std::string_view head) {
    const auto form = static_cast<unsigned char>(head.at(1));
    return form < 126 ? 0 : form == 126 ? 2 : form == 127 ? 8 : throw std::runtime_error("masked");
}
inline std::size_t length_of(std::string_view head, std::string_view more) {
    std::size_t length = more.empty() ? static_cast<unsigned char>(head.at(1)) : 0;
    for (const char c : more) {
        length = length << 8 | static_cast<unsigned char>(c);
    }
    return length;
}

// Takes a frame from the front of `bytes`; std::out_of_range where there is no whole one.
inline received_frame take_frame(std::string& bytes) {
    const std::size_t extra = length_bytes(bytes);
    const std::size_t length = length_of(bytes, std::string_view(bytes).substr(2, extra));
    if (bytes.size() < 2 + extra + length) {
        throw std::out_of_range("half a frame");
    }
    received_frame taken{static_cast<unsigned char>(bytes[0]), bytes.substr(2 + extra, length)};
    bytes.erase(0, 2 + extra + length);
    return taken;
}

inline std::vector<received_frame> frames_of(std::string bytes) {
    std::vector<received_frame> frames;
    while (!bytes.empty()) {
        frames.push_back(take_frame(bytes));
    }
    return frames;
}

// As the server sends them: final and unmasked.
inline received_frame from_server(opcode op, std::string payload) {
    return {0x80U | op, std::move(payload)};
}
inline received_frame close_from_server(unsigned code) {
    return from_server(close, big_endian(code, 2));
}

} // namespace iothub::test::websocket
