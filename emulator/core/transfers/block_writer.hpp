#pragma once
// Lines on their way into a blob: gathered into blocks of about a mebibyte, which become the blob
// at the end. For exports, and for the errors of imports.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::core {

class block_writer {
public:
    static constexpr std::size_t block_size = 1024 * 1024;
    static constexpr std::size_t max_block = 4 * 1024 * 1024;

    block_writer(blob_container& container, std::string blob)
        : container_(container)
        , blob_(std::move(blob)) {}

    void add(std::string_view line) { gathered_.append(line).append("\n"); }

    // It is time to write().
    bool full() const { return gathered_.size() >= block_size; }

    // Puts what has gathered into the container as one block, or the beginning of it.
    void write(blob_container::done answered);

    // Writes what is left, and makes the blob of it all.
    void finish(blob_container::done answered);

private:
    blob_container& container_;
    std::string blob_;
    std::string gathered_;
    std::size_t blocks_ = 0;
};

} // namespace iothub::core
