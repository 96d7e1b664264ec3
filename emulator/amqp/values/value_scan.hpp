#pragma once
// Walks over encoded values (OASIS AMQP 1.0, part 1 §1.6) without decoding them, and refuses what a
// decoder could be brought down with: sizes and counts beyond the bytes, nesting beyond
// max_nesting, more values than bytes, unknown constructors, text that is not UTF-8, symbols that
// are not ASCII. What it lets pass, Proton decodes within these bounds. Called by section_reader.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iothub::amqp {

// Of one message. Proton's cursor holds at most 65535.
inline constexpr std::size_t max_values = 65000;

class value_scan {
public:
    // `bytes` outlive the scan.
    explicit value_scan(std::string_view bytes);

    bool at_end() const { return rest_.empty(); }

    // True where the next byte is this one, which is then passed.
    bool take(std::uint8_t byte);

    // The bytes of the next value with its constructor; nothing where they are none: see fault().
    std::optional<std::string_view> next();

    // Why next() gave nothing, and where: "at byte 7: a map of an odd count".
    std::string fault() const;

private:
    bool skip_value(std::size_t depth);
    bool skip_descriptor();
    bool skip_body(std::uint8_t code, std::size_t depth);
    bool skip_bytes(std::uint64_t count);
    bool skip_text(std::uint8_t code);
    bool skip_compound(std::uint8_t code, std::size_t depth);
    bool skip_items(std::uint8_t code, std::size_t depth);
    bool skip_array_items(std::uint32_t count, std::size_t depth);
    bool skip_fixed_items(std::uint32_t count, std::size_t width);
    std::optional<std::uint8_t> take_constructor();
    std::optional<std::uint32_t> take_number(std::size_t width);
    std::optional<std::string_view> take_sized(std::size_t width);
    bool begin_value(std::size_t depth);
    bool spend(std::uint64_t values);
    bool fail(const char* why);

    std::string_view all_;
    std::string_view rest_; // of the innermost value that tells its size
    std::size_t values_left_;
    const char* fault_ = "";
};

} // namespace iothub::amqp
