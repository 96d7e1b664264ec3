#pragma once
// Latencies in buckets that grow with them: each at most 1/64 too large, in constant memory however
// many there are. Used by load and by scenarios that time one thing after another.

#include <array>
#include <chrono>
#include <cstdint>

namespace iothub::bench {

class histogram {
public:
    void add(std::chrono::nanoseconds latency);

    std::uint64_t count() const { return count_; }

    // The latency that the given share (0 to 1) of all does not exceed, in microseconds; 0 where
    // there are none.
    double quantile_us(double share) const;

private:
    static constexpr int fine_bits = 6; // 64 buckets between a power of two and the next

    static std::size_t bucket_of(std::uint64_t ns);
    static std::uint64_t upper_bound_of(std::size_t bucket);

    std::array<std::uint64_t, (64 - fine_bits + 1) << fine_bits> buckets_{};
    std::uint64_t count_ = 0;
};

} // namespace iothub::bench
