#include "bench/load/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace iothub::bench {

void histogram::add(std::chrono::nanoseconds latency) {
    const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(latency.count(), 0));
    ++buckets_[bucket_of(ns)];
    ++count_;
}

// Below 128 ns each has a bucket of its own; above, the first seven binary digits name it.
std::size_t histogram::bucket_of(std::uint64_t ns) {
    const int digits = std::bit_width(ns);
    if (digits <= fine_bits + 1) {
        return static_cast<std::size_t>(ns);
    }
    const int dropped = digits - fine_bits - 1;
    return (static_cast<std::size_t>(dropped) << fine_bits) +
           static_cast<std::size_t>(ns >> dropped);
}

std::uint64_t histogram::upper_bound_of(std::size_t bucket) {
    constexpr std::size_t exact = std::size_t{2} << fine_bits;
    if (bucket < exact) {
        return bucket;
    }
    const std::size_t dropped = (bucket >> fine_bits) - 1;
    const std::uint64_t leading = bucket - (dropped << fine_bits);
    return ((leading + 1) << dropped) - 1;
}

double histogram::quantile_us(double share) const {
    if (count_ == 0) {
        return 0;
    }
    const auto wanted = std::max<std::uint64_t>(
        static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_))), 1);
    std::uint64_t seen = 0;
    std::size_t bucket = 0;
    while (bucket + 1 < buckets_.size() && (seen += buckets_[bucket]) < wanted) {
        ++bucket;
    }
    return static_cast<double>(upper_bound_of(bucket)) / 1000;
}

} // namespace iothub::bench
