#include "emulator/core/messaging/record_bytes.hpp"

#include <array>
#include <bit>

#include "emulator/core/store.hpp"

namespace iothub::core {

void put_number(std::string& bytes, std::uint64_t value, int size) {
    std::array<char, sizeof value> digits;
    if constexpr (std::endian::native == std::endian::little) {
        digits = std::bit_cast<std::array<char, sizeof value>>(value);
    } else {
        for (std::size_t i = 0; i < digits.size(); ++i) {
            digits[i] = static_cast<char>((value >> (8 * i)) & 0xff);
        }
    }
    bytes.append(digits.data(), static_cast<std::size_t>(size));
}

void put_text(std::string& bytes, std::string_view text) {
    put_number(bytes, text.size(), 4);
    bytes += text;
}

void put_bag(std::string& bytes, const property_bag& bag) {
    put_number(bytes, bag.size(), 4);
    for (const property& p : bag) {
        put_text(bytes, p.key);
        put_number(bytes, p.value ? 1 : 0, 1);
        put_text(bytes, p.value ? std::string_view(*p.value) : std::string_view());
    }
}

std::uint64_t record_reader::number(std::size_t size) {
    const std::string_view digits = take(size);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(digits[i])} << (8 * i);
    }
    return value;
}

std::string record_reader::text() {
    return std::string(take(number(4)));
}

property_bag record_reader::bag() {
    property_bag read;
    for (std::uint64_t left = number(4); left > 0; --left) {
        property p{text(), std::nullopt};
        const bool has_value = number(1) != 0;
        std::string value = text();
        if (has_value) {
            p.value = std::move(value);
        }
        read.push_back(std::move(p));
    }
    return read;
}

void record_reader::skip_bag() {
    for (std::uint64_t left = number(4); left > 0; --left) {
        skip_text();
        number(1);
        skip_text();
    }
}

std::string_view record_reader::take(std::size_t size) {
    if (size > rest_.size()) {
        throw store_fault(std::string(what_) + " is damaged");
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}

} // namespace iothub::core
