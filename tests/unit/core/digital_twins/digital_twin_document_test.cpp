#include "emulator/core/digital_twins/digital_twin_document.hpp"

#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core::digital_twins {

namespace {

struct bench : test::twin_bench {
    json shown() { return digital_twin_document(now()); }
};

} // namespace

TEST_CASE("a device that has told nothing", "[digital_twins]") {
    bench b;
    CHECK(b.shown().dump() == R"({"$dtId":"d","$metadata":{"$model":""}})");
    b.hub.twins().remember_model(b.key, "dtmi:com:example:Thermostat;1");
    CHECK(b.shown().dump() ==
          R"({"$dtId":"d","$metadata":{"$model":"dtmi:com:example:Thermostat;1"}})");
}

TEST_CASE("a read-only property has its value and the time of its report", "[digital_twins]") {
    bench b;
    REQUIRE(b.report(R"({"serialNumber":"a1","size":{"w":1,"h":2}})"));
    b.clock.advance(std::chrono::seconds(1));
    REQUIRE(b.report(R"({"size":{"h":3}})"));
    CHECK(b.shown().dump() == R"({"$dtId":"d","$metadata":{"$model":"",)"
                              R"("serialNumber":{"lastUpdateTime":"2026-01-02T03:04:05Z"},)"
                              R"("size":{"lastUpdateTime":"2026-01-02T03:04:06Z"}},)"
                              R"("serialNumber":"a1","size":{"w":1,"h":3}})");
}

TEST_CASE("a writable property before and after the device has acknowledged it",
          "[digital_twins]") {
    bench b;
    REQUIRE(b.patch(nullptr, R"({"other":1})"));
    REQUIRE(b.patch(nullptr, R"({"target":21})"));
    CHECK(b.shown().at("$metadata").at("target").dump() ==
          R"({"desiredValue":21,"desiredVersion":3})");
    CHECK_FALSE(b.shown().contains("target"));
    REQUIRE(b.report(R"({"target":{"value":21,"ac":200,"av":3,"ad":"done"}})"));
    CHECK(b.shown().at("target") == 21);
    CHECK(b.shown().at("$metadata").at("target").dump() ==
          R"({"desiredValue":21,"desiredVersion":3,"ackVersion":3,"ackCode":200,)"
          R"("ackDescription":"done","lastUpdateTime":"2026-01-02T03:04:05Z"})");
    REQUIRE(b.patch(nullptr, R"({"target":22})"));
    CHECK(b.shown().at("target") == 21);
    CHECK(b.shown().at("$metadata").at("target").at("desiredValue") == 22);
    CHECK(b.shown().at("$metadata").at("target").at("desiredVersion") == 4);
}

TEST_CASE("a device's default for a writable property, and one that it only reports",
          "[digital_twins]") {
    bench b;
    REQUIRE(b.report(R"({"a":{"value":{"x":1},"ac":203,"av":0},"b":5})"));
    REQUIRE(b.patch(nullptr, R"({"b":6})"));
    CHECK(b.shown().dump() ==
          R"({"$dtId":"d","$metadata":{"$model":"",)"
          R"("a":{"ackVersion":0,"ackCode":203,"lastUpdateTime":"2026-01-02T03:04:05Z"},)"
          R"("b":{"desiredValue":6,"desiredVersion":2,"lastUpdateTime":"2026-01-02T03:04:05Z"}},)"
          R"("a":{"x":1},"b":5})");
}

TEST_CASE("components, in either section or both", "[digital_twins]") {
    bench b;
    REQUIRE(b.report(R"({"thermostat1":{"__t":"c","max":25.3,)"
                     R"("target":{"value":21.8,"ac":200,"av":2,"ad":"ok"}},"serial":"a"})"));
    REQUIRE(b.patch(nullptr, R"({"thermostat1":{"__t":"c","target":21.8},)"
                             R"("thermostat2":{"__t":"c","target":5}})"));
    CHECK(b.shown().dump() ==
          R"({"$dtId":"d","$metadata":{"$model":"",)"
          R"("serial":{"lastUpdateTime":"2026-01-02T03:04:05Z"}},)"
          R"("thermostat1":{"$metadata":{"max":{"lastUpdateTime":"2026-01-02T03:04:05Z"},)"
          R"("target":{"desiredValue":21.8,"desiredVersion":2,"ackVersion":2,"ackCode":200,)"
          R"("ackDescription":"ok","lastUpdateTime":"2026-01-02T03:04:05Z"}},)"
          R"("max":25.3,"target":21.8},"serial":"a",)"
          R"("thermostat2":{"$metadata":{"target":{"desiredValue":5,"desiredVersion":2}}}})");
}

TEST_CASE("an object without the mark is a property; a mark inside a component is none",
          "[digital_twins]") {
    bench b;
    REQUIRE(b.report(R"({"plain":{"a":1},"c":{"__t":"c","inner":{"__t":"c","a":1}},"__t":"c"})"));
    const json shown = b.shown();
    CHECK(shown.at("plain").dump() == R"({"a":1})");
    CHECK(shown.at("$metadata").contains("plain"));
    CHECK(shown.at("c").at("inner").dump() == R"({"__t":"c","a":1})");
    CHECK(shown.at("c").at("$metadata").contains("inner"));
    CHECK_FALSE(shown.contains("__t"));
}

TEST_CASE("sections that do not fit each other", "[digital_twins]") {
    bench b;
    REQUIRE(b.report(R"({"c":{"__t":"c","a":1},"d":2})"));
    REQUIRE(b.patch(nullptr, R"({"c":7,"d":{"__t":"c","x":1}})"));
    const json shown = b.shown();
    CHECK(shown.at("c").at("a") == 1);
    CHECK(shown.at("d").dump() == R"({"$metadata":{"x":{"desiredValue":1,"desiredVersion":2}}})");
}

} // namespace iothub::core::digital_twins
