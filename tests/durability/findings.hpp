#pragma once
// What a hub got wrong, gathered over all rounds of kill_rounds. Any thread may add.

#include <cstddef>
#include <cstdio>
#include <mutex>
#include <string>

namespace iothub::durability {

class findings {
public:
    // Printed at once; after the twentieth of a part only counted.
    void add(const std::string& what) {
        const std::lock_guard guard(mutex_);
        ++count_;
        if (++of_part_ <= most_printed) {
            std::printf("FINDING: %s\n", what.c_str());
        }
    }
    void begin_part() {
        const std::lock_guard guard(mutex_);
        of_part_ = 0;
    }
    void expect(bool holds, const std::string& what) {
        if (!holds) {
            add(what);
        }
    }
    std::size_t count() const {
        const std::lock_guard guard(mutex_);
        return count_;
    }

private:
    static constexpr std::size_t most_printed = 20;

    mutable std::mutex mutex_;
    std::size_t count_ = 0;
    std::size_t of_part_ = 0;
};

} // namespace iothub::durability
