#include "emulator/management/metrics.hpp"

#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("metrics: each has its help, its type and its value") {
    core::counters counters;
    counters.messages = 7;
    counters.twin_writes = 18446744073709551615ULL;
    const std::string text = management::metrics_text(counters, {{3, 2, 5}, 4});
    CHECK(text.find("# HELP iothub_messages_total Telemetry messages accepted.\n"
                    "# TYPE iothub_messages_total counter\n"
                    "iothub_messages_total 7\n") != std::string::npos);
    CHECK(text.find("\niothub_twin_writes_total 18446744073709551615\n") != std::string::npos);
    CHECK(text.find("# TYPE iothub_devices gauge\niothub_devices 3\n") != std::string::npos);
    CHECK(text.find("\niothub_devices_enabled 2\n") != std::string::npos);
    CHECK(text.find("\niothub_modules 5\n") != std::string::npos);
    CHECK(text.find("\niothub_connections_open 4\n") != std::string::npos);
    CHECK(text.ends_with('\n'));
}
