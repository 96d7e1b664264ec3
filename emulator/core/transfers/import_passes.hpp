#pragma once
// Which lines of a file an import goes through again: a device whose parent comes behind it in the
// file cannot stand below it yet, nor can the device's modules be made. They wait for another pass,
// as long as each pass brings some of them further. Used by import_run.

#include <cstdint>
#include <vector>

namespace iothub::core {

class import_passes {
public:
    // The first pass takes every line. Lines are asked about in their order.
    bool takes(std::uint64_t line);

    // Whether what fails in this pass has failed for good.
    bool is_last() const { return last_; }
    bool is_first() const { return first_; }

    // The line of this pass waits for the next one.
    void leave(std::uint64_t line) { left_.push_back(line); }
    bool leaves_any() const { return !left_.empty(); }

    void begin_next();

private:
    std::vector<std::uint64_t> due_; // in this pass, unless it is the first
    std::vector<std::uint64_t> left_;
    std::size_t next_ = 0; // of due_
    bool first_ = true;
    bool last_ = false;
};

} // namespace iothub::core
