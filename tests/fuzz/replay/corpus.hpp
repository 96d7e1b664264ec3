#pragma once
// The kept inputs of fuzz targets: tests/fuzz/corpus/<target>/.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace iothub::fuzz {

struct kept_input {
    std::string name;
    std::string bytes;
};

// In the order of their names.
inline std::vector<kept_input> corpus_of(const std::string& target) {
    std::vector<kept_input> all;
    const std::filesystem::path folder = std::filesystem::path(IOTHUB_FUZZ_CORPUS) / target;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        all.push_back({entry.path().filename().string(),
                       {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}});
    }
    std::ranges::sort(all, {}, &kept_input::name);
    return all;
}

} // namespace iothub::fuzz
