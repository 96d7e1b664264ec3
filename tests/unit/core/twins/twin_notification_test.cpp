// What a connected device is told of its desired properties (service API §3.6).
#include "support/catch.hpp"
#include "support/recording_link.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

namespace {

struct connected_bench : test::twin_bench {
    connected_bench() { hub.sessions().connect(key, link); }

    test::recording_link link;
};

using update = test::recording_link::update;

} // namespace

TEST_CASE("the device is told the patch as it was sent, nulls included, and the new version",
          "[twins]") {
    connected_bench t;
    REQUIRE(t.patch(R"({"t":1})", R"({"z":{"y":null,"x":[1]},"a":null,"n":1.0})"));
    CHECK(t.link.updates ==
          std::vector{update{2, R"({"z":{"y":null,"x":[1]},"a":null,"n":1.0,"$version":2})"}});
}

TEST_CASE("the device is told only what was sent, not what was there before", "[twins]") {
    connected_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    REQUIRE(t.patch(nullptr, R"({"b":2})"));
    CHECK(t.link.updates.back() == update{3, R"({"b":2,"$version":3})"});
    REQUIRE(t.patch(nullptr, "{}"));
    CHECK(t.link.updates.back() == update{4, R"({"$version":4})"});
    CHECK(t.link.updates.size() == 3);
}

TEST_CASE("the $version and $metadata of the sender are not passed on", "[twins]") {
    connected_bench t;
    REQUIRE(t.patch(nullptr, R"({"$version":9,"a":1,"$metadata":{"a":{}}})"));
    CHECK(t.link.updates == std::vector{update{2, R"({"a":1,"$version":2})"}});
}

TEST_CASE("a replacement tells the whole new document", "[twins]") {
    connected_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1,"b":2})"));
    REQUIRE(t.replace(nullptr, R"({"c":3,"d":null})"));
    CHECK(t.link.updates.back() == update{3, R"({"c":3,"$version":3})"});
}

TEST_CASE("removing all desired properties tells of each", "[twins]") {
    connected_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1,"b":{"c":2}})"));
    REQUIRE(t.patch(nullptr, "null"));
    CHECK(t.link.updates.back() == update{3, R"({"a":null,"b":null,"$version":3})"});
}

TEST_CASE("nobody is told of tags", "[twins]") {
    connected_bench t;
    REQUIRE(t.patch(R"({"t":1})", nullptr));
    REQUIRE(t.patch("null", nullptr));
    CHECK(t.link.updates.empty());
}

TEST_CASE("nobody is told of a write that was refused", "[twins]") {
    connected_bench t;
    CHECK_FALSE(t.patch(nullptr, R"({"a.b":1})"));
    CHECK_FALSE(t.patch(nullptr, R"({"a":1})", precondition::exactly("x")));
    CHECK_FALSE(t.replace(nullptr, R"({"a":[null]})"));
    CHECK(t.link.updates.empty());
}

TEST_CASE("a module's change is told to the module and not to its device", "[twins]") {
    connected_bench t;
    test::recording_link module;
    t.create({"d", "m"});
    t.hub.sessions().connect({"d", "m"}, module);
    REQUIRE(t.hub.twins().patch({"d", "m"}, {.tags = {}, .desired = json{{"a", 1}}}, {}));
    CHECK(module.updates == std::vector{update{2, R"({"a":1,"$version":2})"}});
    CHECK(t.link.updates.empty());
}

TEST_CASE("nothing is kept for a device that is not connected", "[twins]") {
    test::twin_bench t;
    test::recording_link link;
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    t.hub.sessions().connect(t.key, link);
    CHECK(link.updates.empty());
}

} // namespace iothub::core
