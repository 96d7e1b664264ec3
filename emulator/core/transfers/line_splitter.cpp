#include "emulator/core/transfers/line_splitter.hpp"

#include <utility>

namespace iothub::core {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t shown_of_long_line = 200;

} // namespace

void line_splitter::put(std::string_view bytes) {
    bytes_.erase(0, std::exchange(taken_, 0));
    bytes_.append(bytes);
}

std::optional<text_line> line_splitter::next() {
    while (true) {
        if (skipping_ && !skip_rest()) {
            return std::nullopt;
        }
        const std::size_t end = bytes_.find('\n', taken_);
        const std::size_t size = (end == bytes_.npos ? bytes_.size() : end) - taken_;
        if (size > max_line) {
            return take_beginning();
        }
        if (end == bytes_.npos && (!finished_ || size == 0)) {
            return std::nullopt;
        }
        if (auto line = take(size, end == bytes_.npos ? 0 : 1)) {
            return line;
        }
    }
}

// The line of that size, which is followed by `ending` bytes; nothing where it is blank.
std::optional<text_line> line_splitter::take(std::size_t size, std::size_t ending) {
    std::string_view text = std::string_view(bytes_).substr(taken_, size);
    if (number_ == 1 && text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const std::size_t last = text.find_last_not_of(" \t\r");
    text = last == text.npos ? std::string_view() : text.substr(0, last + 1);
    const std::uint64_t number = number_++;
    taken_ += size + ending;
    return text.empty() ? std::nullopt : std::optional(text_line{number, std::string(text), false});
}

std::optional<text_line> line_splitter::take_beginning() {
    skipping_ = true;
    return text_line{number_++, bytes_.substr(taken_, shown_of_long_line), true};
}

// False where the line's end has not come yet.
bool line_splitter::skip_rest() {
    const std::size_t end = bytes_.find('\n', taken_);
    taken_ = end == bytes_.npos ? bytes_.size() : end + 1;
    skipping_ = end == bytes_.npos;
    return !skipping_;
}

} // namespace iothub::core
