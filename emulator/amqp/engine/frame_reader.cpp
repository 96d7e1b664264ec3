#include "emulator/amqp/engine/frame_reader.hpp"

#include <algorithm>

namespace iothub::amqp {

namespace {

constexpr std::size_t header_size = 8;
constexpr std::size_t smallest_frame = 8;

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char c : bytes) {
        number = number << 8 | static_cast<std::uint8_t>(c);
    }
    return number;
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

} // namespace iothub::amqp
