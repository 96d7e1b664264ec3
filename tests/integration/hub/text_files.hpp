#pragma once
// What a test of the program writes for it and reads of it.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace iothub::test {

inline void write(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

inline std::string read(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
}

inline bool is_one_line(const std::string& text) {
    return text.ends_with('\n') && text.find('\n') == text.size() - 1;
}

} // namespace iothub::test
