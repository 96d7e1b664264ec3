#pragma once
// Which indexes would have helped: counts, for paths that queries compare with values, the rows
// that were looked at in vain. Kept in memory only.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace iothub::core::query {

// What one scan has looked at.
struct scan_cost {
    std::uint64_t in_vain = 0;
    std::uint64_t selected = 0;
    bool first = false; // of what it reads
};

class index_usage {
public:
    // An index is wanted once `enough_in_vain` rows were looked at in vain by `enough_scans` scans
    // or more, of which not one row in `few` was selected.
    static constexpr std::uint64_t enough_in_vain = 10'000;
    static constexpr std::uint64_t enough_scans = 2;
    static constexpr std::uint64_t few = 10;

    // What is compared is taken down by the names of the indexes that are not there.
    void count(const std::vector<std::string>& missing, const scan_cost& cost);

    // An index that is wanted, if any.
    std::optional<std::string> wanted() const;

    void forget(const std::string& index) { of_.erase(index); }

private:
    static constexpr std::size_t max_paths = 256;

    struct use {
        std::uint64_t in_vain = 0;
        std::uint64_t selected = 0;
        std::uint64_t scans = 0;

        bool wants_index() const;
    };

    use& find_or_add(const std::string& index);

    std::map<std::string, use> of_;
};

} // namespace iothub::core::query
