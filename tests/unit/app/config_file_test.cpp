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
