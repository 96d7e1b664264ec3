#include "durability/program.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

namespace iothub::durability {

void read_arguments(int argc, char** argv, const std::vector<number_argument>& known,
                    const std::string& usage) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool named = word.starts_with("--");
        const auto found = std::ranges::find(known, named ? word : "", &number_argument::name);
        const char* text = argv[named ? ++i : i];
        char* end = nullptr;
        const std::uint64_t number = text == nullptr ? 0 : std::strtoull(text, &end, 10);
        if (found == known.end() || number == 0 || *end != '\0') {
            throw std::invalid_argument("usage: " + usage + ", each above 0");
        }
        found->value = number;
    }
}

int run_program(const std::function<int()>& work) {
    try {
        return work();
    } catch (const std::invalid_argument& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 2;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}

} // namespace iothub::durability
