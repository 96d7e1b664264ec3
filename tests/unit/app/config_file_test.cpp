#include "emulator/app/config_file.hpp"

#include "support/catch.hpp"

using namespace iothub;

namespace {

// What is wrong with the text; empty where nothing is.
std::string fault_of(const std::string& text, app::options& read) {
    const auto applied = app::apply_config_text(text, "config", read);
    return applied ? "" : applied.error().message;
}

} // namespace

TEST_CASE("configuration file: limits and bearer tokens, which are off unless they are there") {
    app::options read;
    CHECK(fault_of("{}", read).empty());
    CHECK(read.limits->name == "off");
    CHECK_FALSE(read.accept_bearer_tokens);
    CHECK(fault_of(R"({"limits": "S2", "acceptBearerTokens": true})", read).empty());
    CHECK(read.limits->name == "S2");
    CHECK(read.accept_bearer_tokens);
    CHECK(fault_of(R"({"limits": "off", "acceptBearerTokens": false})", read).empty());
    CHECK(read.limits->name == "off");
    CHECK_FALSE(read.accept_bearer_tokens);
}

TEST_CASE("configuration file: limits and bearer tokens that are wrong") {
    app::options read;
    for (const char* value : {"\"S4\"", "\"s1\"", "\"\"", "1", "null", "[\"S1\"]"}) {
        INFO(value);
        CHECK(fault_of(R"({"limits": )" + std::string(value) + "}", read)
                  .find(R"("limits" must be one of off, F1, S1, S2, S3)") != std::string::npos);
    }
    for (const char* value : {"1", "\"true\"", "null"}) {
        INFO(value);
        CHECK(fault_of(R"({"acceptBearerTokens": )" + std::string(value) + "}", read)
                  .find(R"("acceptBearerTokens" must be true or false)") != std::string::npos);
    }
    CHECK(fault_of(R"({"limit": "S1"})", read).find(R"(did you mean "limits"?)") !=
          std::string::npos);
}

TEST_CASE("configuration file: the Event Hubs endpoint") {
    app::options read;
    CHECK(read.partitions == 4);
    CHECK(read.retention_hours == 24);
    CHECK_FALSE(read.event_sources.has(core::event_source::twin_changes));
    CHECK(fault_of(R"({"partitions": 32, "retentionHours": 168,
                       "eventSources": ["twinChangeEvents", "deviceConnectionStateEvents"]})",
                   read)
              .empty());
    CHECK(read.partitions == 32);
    CHECK(read.retention_hours == 168);
    CHECK(read.event_sources.has(core::event_source::twin_changes));
    CHECK_FALSE(read.event_sources.has(core::event_source::device_lifecycle));
    CHECK(read.event_sources.has(core::event_source::device_connection_state));
    CHECK(fault_of(R"({"eventSources": []})", read).empty());
    CHECK_FALSE(read.event_sources.has(core::event_source::twin_changes));
}

TEST_CASE("configuration file: an Event Hubs endpoint that cannot be") {
    app::options read;
    for (const char* value : {"0", "33", "-1", "1.5", "\"4\"", "null", "4294967297"}) {
        INFO(value);
        CHECK(fault_of(R"({"partitions": )" + std::string(value) + "}", read)
                  .find(R"("partitions" must be a number, 1 to 32)") != std::string::npos);
    }
    CHECK(fault_of(R"({"retentionHours": 169})", read)
              .find(R"("retentionHours" must be a number, 1 to 168)") != std::string::npos);
    CHECK(fault_of(R"({"eventSources": ["twinChangeEvents", "Telemetry"]})", read)
              .find(R"("eventSources[1]" must be one of twinChangeEvents, )") != std::string::npos);
    CHECK(fault_of(R"({"eventSources": "twinChangeEvents"})", read)
              .find(R"("eventSources" must be a JSON array)") != std::string::npos);
}
