#pragma once
// The lines of a blob, which is read a mebibyte at a time. For imports.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "emulator/core/transfers/blob_container.hpp"
#include "emulator/core/transfers/line_splitter.hpp"

namespace iothub::core {

class line_reader {
public:
    static constexpr std::size_t piece_size = 1024 * 1024;

    line_reader(blob_container& container, std::string blob)
        : container_(container)
        , blob_(std::move(blob)) {}

    // Nothing where fetch() is due, or at the end.
    std::optional<text_line> next() { return lines_.next(); }

    // All of the blob was read; next() may still have lines of it.
    bool complete() const { return complete_; }

    // Reads on.
    void fetch(blob_container::done answered);

    int percent() const; // of the blob that was read

private:
    void take(const blob_piece& piece);

    blob_container& container_;
    std::string blob_;
    line_splitter lines_;
    std::uint64_t read_ = 0;
    std::uint64_t size_ = 0;
    bool complete_ = false;
};

} // namespace iothub::core
