#include "emulator/amqp/engine/frame_padding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

namespace iothub::amqp {

namespace {

constexpr std::size_t header_size = 8;
constexpr char list8 = '\xc0';
constexpr char list32 = '\xd0';

std::uint32_t number_at(std::string_view bytes, std::size_t place, std::size_t width) {
    std::uint32_t number = 0;
    for (const char c : bytes.substr(place, width)) {
        number = number << 8 | static_cast<unsigned char>(c);
    }
    return number;
}

void append_number(std::string& to, std::size_t number, std::size_t width) {
    for (std::size_t i = width; i > 0; --i) {
        to += static_cast<char>(number >> (8 * (i - 1)) & 0xff);
    }
}

// What the fields of a performative are when they are left off: null, or a default that is written
// out because null is not understood.
struct performative {
    char code; // of its descriptor
    std::array<std::string_view, 11> defaults;
    std::size_t count;
};

constexpr std::string_view null = "\x40";
constexpr std::string_view largest_uint = "\x70\xff\xff\xff\xff"; // handle-max

constexpr performative padded[] = {
    {'\x11', {null, null, null, null, largest_uint, null, null, null}, 8},
    {'\x14', {null, null, null, null, null, null, null, null, null, null, null}, 11},
};

const performative* find_performative(char code) {
    const auto* found = std::ranges::find(padded, code, &performative::code);
    return found == std::end(padded) ? nullptr : found;
}

// Those from `count` on.
std::string defaults_after(const performative& what, std::size_t count) {
    std::string fields;
    for (std::size_t i = count; i < what.count; ++i) {
        fields += what.defaults[i];
    }
    return fields;
}

// A frame's performative: a list of `count` fields in the bytes up to `end`, whose size and count
// stand at `sizes`, in `width` bytes each.
struct short_list {
    std::size_t sizes = 0;
    std::size_t width = 0;
    std::size_t count = 0;
    std::size_t end = 0;
    const performative* what = nullptr;
};

// Nothing where nothing is to be added.
std::optional<short_list> find_short_list(std::string_view frame) {
    const std::size_t body = 4 * static_cast<unsigned char>(frame[4]);
    const bool is_amqp = frame[5] == '\0';
    if (!is_amqp || frame.size() < body + 12 || frame[body] != '\0' || frame[body + 1] != '\x53') {
        return std::nullopt;
    }
    const char constructor = frame[body + 3];
    if (constructor != list8 && constructor != list32) {
        return std::nullopt;
    }
    short_list found{body + 4, constructor == list8 ? 1U : 4U};
    found.count = number_at(frame, found.sizes + found.width, found.width);
    found.end = found.sizes + found.width + number_at(frame, found.sizes, found.width);
    found.what = find_performative(frame[body + 2]);
    // A list8 must have room for what is added to its size.
    const bool fits = found.end <= frame.size() && (found.width == 4 || frame[found.sizes] >= 0);
    if (!fits || found.what == nullptr || found.count >= found.what->count) {
        return std::nullopt;
    }
    return found;
}

void append_frame(std::string_view frame, std::size_t max_frame, std::string& into) {
    const auto found = find_short_list(frame);
    const std::string added = found ? defaults_after(*found->what, found->count) : std::string();
    if (!found || frame.size() + added.size() > max_frame) {
        into += frame;
        return;
    }
    const std::size_t list_size = number_at(frame, found->sizes, found->width);
    const std::size_t first_field = found->sizes + 2 * found->width;
    append_number(into, frame.size() + added.size(), 4);
    into += frame.substr(4, found->sizes - 4);
    append_number(into, list_size + added.size(), found->width);
    append_number(into, found->what->count, found->width);
    into += frame.substr(first_field, found->end - first_field);
    into += added;
    into += frame.substr(found->end);
}

} // namespace

void append_padded(std::string_view frames, std::size_t max_frame, std::string& into) {
    while (frames.size() >= header_size) {
        const std::size_t size = frames.starts_with("AMQP") ? header_size : number_at(frames, 0, 4);
        if (size < header_size || size > frames.size()) {
            break;
        }
        append_frame(frames.substr(0, size), max_frame, into);
        frames.remove_prefix(size);
    }
    into += frames;
}

} // namespace iothub::amqp
