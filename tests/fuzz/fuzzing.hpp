#pragma once
// What fuzz targets share (docs/fuzzing.md). A target is one function of some bytes; it throws what
// require() throws, which ends libFuzzer's run and fails the replay alike.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace iothub::fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

// What must hold whatever the input is.
inline void require(bool holds, const std::string& what) {
    if (!holds) {
        throw std::logic_error("does not hold: " + what);
    }
}

inline void require_equal(const std::string& one, const std::string& other,
                          const std::string& what) {
    require(one == other, what + "\n--- one\n" + one + "\n--- other\n" + other);
}

// FNV-1a.
inline std::uint32_t mix_of(std::string_view input) {
    std::uint32_t mixed = 2'166'136'261U;
    for (const char c : input) {
        mixed = (mixed ^ static_cast<unsigned char>(c)) * 16'777'619U;
    }
    return mixed;
}

// A place in the input, chosen by its bytes, to cut it at: 1 to `longest`. An input remains plain
// text or a plain recording.
inline std::size_t place_in(std::string_view input, std::size_t longest) {
    return 1 + mix_of(input) % std::max<std::size_t>(longest, 1);
}

// Holds a conversation, cut at a place in its longest piece. One of eight is held whole as well,
// and the same must come of it: that takes as long again, and the recordings are cut at every byte
// (replay/cutting_test.cpp).
template <class Hold>
void check_cut(std::string_view sent, std::size_t longest, const Hold& hold) {
    const std::string cut = hold(sent, place_in(sent, longest));
    if (mix_of(sent) >> 29 == 0) {
        require_equal(hold(sent, 0), cut, "what comes of it does not depend on where it is cut");
    }
}

// Takes a line from the front of `text`, without its end.
inline std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

// One line, as logs and error responses need it.
inline bool is_one_line(std::string_view text) {
    return text.find_first_of("\r\n") == text.npos;
}

} // namespace iothub::fuzz
