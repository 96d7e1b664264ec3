#include <cstdio>

#include "bench/scenarios/scenarios.hpp"

namespace iothub::bench {

load_settings settings_in(const arguments& given) {
    load_settings settings;
    settings.window = given.count("window", 1);
    settings.rate = given.number("rate", 0);
    settings.seconds = given.number("seconds", 2);
    settings.warm_up = given.number("warm_up", 0.5);
    settings.requests = given.count("requests", 0);
    settings.server = static_cast<int>(given.count("pid", 0));
    return settings;
}

void print(const load_result& result) {
    std::printf("{\"per_second\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"busy\":%.3f}\n",
                result.per_second, result.p50_us, result.p99_us, result.busy);
}

void print_ms(double median) {
    std::printf("{\"ms\":%.3f}\n", median);
}

} // namespace iothub::bench
