#include "iothub/twin.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

using iothub::json;
using iothub::twin;

TEST_CASE("a service's twin has everything") {
    const twin read(json::parse(R"({"deviceId":"d","moduleId":"m","etag":"AAA=","version":7,)"
                                R"("tags":{"floor":1},"properties":{"desired":{"z":1,"a":2,)"
                                R"("$version":4},"reported":{"$version":3}}})"));
    CHECK(read.device_id() == "d");
    CHECK(read.module_id() == "m");
    CHECK(read.etag() == "AAA=");
    CHECK(read.version() == 7);
    CHECK(read.tags().at("floor") == 1);
    CHECK(read.desired_version() == 4);
    CHECK(read.reported_version() == 3);
    CHECK(read.properties_text() ==
          R"({"desired":{"z":1,"a":2,"$version":4},"reported":{"$version":3}})");
}

TEST_CASE("what a twin lacks reads as empty") {
    const auto text =
        GENERATE(as<std::string>{}, "{}", "null", "[]", R"({"properties":3,"etag":1})");
    const twin read(json::parse(text));
    CHECK(read.desired().empty());
    CHECK(read.tags().empty());
    CHECK(read.etag().empty());
    CHECK(read.version() == 0);
    CHECK(read.properties_text() == "{}");
}
