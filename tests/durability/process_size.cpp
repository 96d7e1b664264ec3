#include "durability/process_size.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace iothub::durability {

namespace {

namespace fs = std::filesystem;

// "Private_Dirty:      1234 kB"
std::uint64_t private_bytes(const fs::path& file) {
    std::ifstream lines(file);
    if (!lines) {
        throw std::runtime_error("cannot read " + file.string());
    }
    std::uint64_t kilobytes = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("Private_Clean:") || line.starts_with("Private_Dirty:")) {
            kilobytes += std::stoull(line.substr(line.find(':') + 1));
        }
    }
    return kilobytes * 1024;
}

std::uint64_t entries(const fs::path& folder) {
    return static_cast<std::uint64_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

process_size size_of_process(pid_t pid) {
    const fs::path place = "/proc/" + std::to_string(pid);
    return {private_bytes(place / "smaps_rollup"), entries(place / "fd"), entries(place / "task")};
}

} // namespace iothub::durability
