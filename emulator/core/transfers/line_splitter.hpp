#pragma once
// Pieces of a text into its lines, however the pieces are cut. Lines end with LF or CR LF; a byte
// order mark before the first and blank lines are left out. What goes beyond the longest line is
// dropped as it comes. Used by line_reader.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iothub::core {

struct text_line {
    std::uint64_t number = 1;
    std::string text; // the first bytes only, where it is too long
    bool too_long = false;
};

class line_splitter {
public:
    // An identity with the largest twin that there can be has less, with all its metadata.
    static constexpr std::size_t max_line = 2 * 1024 * 1024;

    void put(std::string_view bytes);

    // Nothing more comes: what is left is the last line.
    void finish() { finished_ = true; }

    std::optional<text_line> next();

private:
    std::optional<text_line> take(std::size_t size, std::size_t ending);
    std::optional<text_line> take_beginning();
    bool skip_rest();

    std::string bytes_;
    std::size_t taken_ = 0; // of bytes_
    std::uint64_t number_ = 1;
    bool skipping_ = false; // the rest of a line that is too long
    bool finished_ = false;
};

} // namespace iothub::core
