#pragma once
// What the programs of this folder have in common: numbers as arguments, and how they end.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace iothub::durability {

struct number_argument {
    std::string name; // "--seed"; empty: the one without a name
    std::uint64_t& value;
};

// Each number is above 0. Throws std::invalid_argument with `usage`.
void read_arguments(int argc, char** argv, const std::vector<number_argument>& known,
                    const std::string& usage);

// The exit code: that of `work`, 2 where it was called wrongly, 1 where it failed.
int run_program(const std::function<int()>& work);

} // namespace iothub::durability
