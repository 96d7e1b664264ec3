#include "emulator/amqp/values/section_writer.hpp"

#include <limits>

#include "common/ascii.hpp"

namespace iothub::amqp {

namespace {

// The type's code with one byte of size, and with four (part 1 §1.6.19 and after).
struct sized_codes {
    char small;
    char large;
};

template <class Number>
void append_number(std::string& out, Number number) {
    char digits[sizeof number];
    for (std::size_t i = 0; i < sizeof number; ++i) {
        digits[i] = static_cast<char>(number >> (8 * (sizeof number - 1 - i)));
    }
    out.append(digits, sizeof number);
}

void append_sized(std::string& out, sized_codes codes, std::string_view bytes) {
    if (bytes.size() <= std::numeric_limits<std::uint8_t>::max()) {
        out += codes.small;
        out += static_cast<char>(bytes.size());
    } else {
        out += codes.large;
        append_number(out, static_cast<std::uint32_t>(bytes.size()));
    }
    out += bytes;
}

void append_head(std::string& out, section kind) {
    const char head[] = {'\0', '\x53', static_cast<char>(kind)};
    out.append(head, sizeof head);
}

constexpr std::size_t bytes_of_head = 3;
constexpr std::size_t bytes_of_sizes = 9; // of a map: its code, size and count

} // namespace

void append_string(std::string& out, std::string_view text) {
    append_sized(out, {'\xa1', '\xb1'}, text);
}

void append_symbol(std::string& out, std::string_view text) {
    constexpr sized_codes codes{'\xa3', '\xb3'};
    if (is_ascii(text)) {
        append_sized(out, codes, text);
    } else {
        append_sized(out, codes, to_ascii(text));
    }
}

void append_long(std::string& out, std::int64_t number) {
    if (number >= std::numeric_limits<std::int8_t>::min() &&
        number <= std::numeric_limits<std::int8_t>::max()) {
        out += '\x55';
        out += static_cast<char>(number);
    } else {
        out += '\x81';
        append_number(out, static_cast<std::uint64_t>(number));
    }
}

void append_timestamp(std::string& out, milliseconds time) {
    out += '\x83';
    append_number(out, static_cast<std::uint64_t>(time.count));
}

void append_data(std::string& out, std::string_view bytes) {
    append_head(out, section::data);
    append_sized(out, {'\xa0', '\xb0'}, bytes);
}

map_section::map_section(std::string& out, section kind)
    : out_(out)
    , begin_(out.size()) {
    append_head(out_, kind);
    out_.append(bytes_of_sizes, '\0');
}

std::string& map_section::pair() {
    items_ += 2;
    return out_;
}

void map_section::end() {
    if (items_ == 0) {
        out_.resize(begin_);
        return;
    }
    const std::size_t sizes = begin_ + bytes_of_head;
    std::string written(1, '\xd1');
    // The size counts what follows it: the count and the items.
    append_number(written, static_cast<std::uint32_t>(out_.size() - sizes - 5));
    append_number(written, items_);
    out_.replace(sizes, bytes_of_sizes, written);
}

} // namespace iothub::amqp
