#include "emulator/amqp/engine/frame_reader.hpp"

#include <algorithm>
#include <optional>

namespace iothub::amqp {

namespace {

constexpr std::size_t header_size = 8;
constexpr std::size_t smallest_frame = 8;
constexpr std::uint8_t transfer = 0x14;
constexpr int message_format_field = 3; // behind handle, delivery-id and delivery-tag

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char c : bytes) {
        number = number << 8 | static_cast<std::uint8_t>(c);
    }
    return number;
}

// Takes bytes off the front; what is asked for beyond the end gives nothing, for good.
class cursor {
public:
    explicit cursor(std::string_view bytes)
        : rest_(bytes) {}

    std::string_view take(std::size_t count) {
        if (count > rest_.size()) {
            rest_ = {};
            return {};
        }
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    std::uint8_t byte() {
        const std::string_view one = take(1);
        return one.empty() ? 0 : static_cast<std::uint8_t>(one.front());
    }

    // The category of a constructor says how wide its value is (part 1 §1.2).
    void skip_value() {
        static constexpr std::size_t fixed[] = {0, 1, 2, 4, 8, 16};
        const std::uint8_t category = byte() >> 4;
        if (category >= 0x4 && category <= 0x9) {
            take(fixed[category - 0x4]);
        } else if (category == 0xa || category == 0xc || category == 0xe) {
            take(byte());
        } else {
            take(big_endian(take(4)));
        }
    }

private:
    std::string_view rest_;
};

bool begins_transfer(cursor& at) {
    if (at.byte() != 0) {
        return false; // no described value
    }
    const std::uint8_t constructor = at.byte();
    if (constructor == 0x80) {
        return big_endian(at.take(4)) == 0 && big_endian(at.take(4)) == transfer;
    }
    return constructor == 0x53 && at.byte() == transfer;
}

// How many fields the list has that begins here.
std::uint32_t enter_list(cursor& at) {
    switch (at.byte()) {
    case 0xc0:
        at.byte();
        return at.byte();
    case 0xd0:
        at.take(4);
        return big_endian(at.take(4));
    default:
        return 0;
    }
}

} // namespace

result<std::size_t> frame_reader::size_of_unit(std::string_view start) const {
    if (first_ || start.starts_with("AMQP")) {
        return header_size; // whatever it is: Proton answers a wrong one
    }
    const std::uint32_t size = big_endian(start.substr(0, 4));
    if (size < smallest_frame || size > limit_) {
        return error{errc::argument_invalid, "framing error",
                     "a frame of " + std::to_string(size) + " bytes; 8 to " +
                         std::to_string(limit_) + " may come now"};
    }
    return size;
}

result<std::string_view> frame_reader::next(std::string_view& bytes) {
    if (given_) {
        kept_.clear();
        given_ = false;
    }
    while (kept_.size() < 4 && !bytes.empty()) {
        if (kept_.empty() && bytes.size() >= 4) {
            break;
        }
        kept_ += bytes.front();
        bytes.remove_prefix(1);
    }
    const std::string_view start = kept_.empty() ? bytes : std::string_view(kept_);
    if (start.size() < 4) {
        return std::string_view();
    }
    const auto size = size_of_unit(start);
    if (!size) {
        return size.error();
    }
    if (kept_.empty() && bytes.size() >= *size) {
        const std::string_view unit = bytes.substr(0, *size);
        bytes.remove_prefix(*size);
        first_ = false;
        return unit;
    }
    const std::size_t missing = std::min(*size - kept_.size(), bytes.size());
    kept_.append(bytes.substr(0, missing));
    bytes.remove_prefix(missing);
    given_ = kept_.size() == *size;
    first_ = first_ && !given_;
    return given_ ? std::string_view(kept_) : std::string_view();
}

std::uint32_t message_format_of(std::string_view frame) {
    if (frame.size() <= smallest_frame || frame.starts_with("AMQP")) {
        return 0;
    }
    const std::size_t body = static_cast<std::uint8_t>(frame[4]) * std::size_t{4};
    if (body >= frame.size()) {
        return 0;
    }
    cursor at(frame.substr(body));
    if (!begins_transfer(at) || enter_list(at) <= message_format_field) {
        return 0;
    }
    for (int field = 0; field < message_format_field; ++field) {
        at.skip_value();
    }
    switch (at.byte()) {
    case 0x70:
        return big_endian(at.take(4));
    case 0x52:
        return at.byte();
    default:
        return 0;
    }
}

} // namespace iothub::amqp
