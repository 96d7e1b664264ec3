// iothub-bench SCENARIO name=value…: measures a server that runs (scenarios/scenarios.hpp).
#include <cstdio>
#include <exception>
#include <map>
#include <string_view>

#include "bench/scenarios/scenarios.hpp"

using namespace iothub::bench;

int main(int count, char** words) {
    const std::map<std::string_view, void (*)(const arguments&)> scenarios{
        {"publish", publish}, {"twin", twin},
        {"http", http},       {"connects", connects},
        {"idle", idle},       {"cold-start", cold_start},
        {"sqlite", sqlite},   {"in-process", in_process}};
    const auto chosen = count < 2 ? scenarios.end() : scenarios.find(words[1]);
    if (chosen == scenarios.end()) {
        std::fputs("usage: iothub-bench SCENARIO name=value…\n", stderr);
        return 2;
    }
    try {
        chosen->second(arguments(count - 2, words + 2));
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "iothub-bench %s: %s\n", words[1], failure.what());
        return 1;
    }
}
