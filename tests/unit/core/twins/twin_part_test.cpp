// What copies of a part of a twin share, and what not.
#include "emulator/core/twins/twin_part.hpp"

#include <utility>

#include "support/catch.hpp"

using namespace iothub;
using core::twin_part;

TEST_CASE("a part of a twin begins as an empty object", "[twins]") {
    CHECK(twin_part().value() == json::object());
    CHECK(twin_part().text() == "{}");
}

TEST_CASE("the text of a part is that of its value, whatever changes", "[twins]") {
    twin_part part(json{{"b", 1}, {"a", {{"c", "x"}}}});
    CHECK(part.text() == R"({"b":1,"a":{"c":"x"}})");
    part.writable()["b"] = 2;
    CHECK(part.text() == R"({"b":2,"a":{"c":"x"}})");
    part = json{{"d", nullptr}};
    CHECK(part.text() == R"({"d":null})");
}

TEST_CASE("a part that changes leaves its copies alone", "[twins]") {
    twin_part part(json{{"a", 1}});
    const twin_part copy = part;
    CHECK(&copy.value() == &part.value());
    part.writable()["a"] = 2;
    CHECK(copy.text() == R"({"a":1})");
    CHECK(part.text() == R"({"a":2})");
    CHECK_FALSE(copy == part);
    const json* own = &part.value();
    part.writable()["a"] = 1;
    CHECK(&part.value() == own);
    CHECK(copy == part);
}

TEST_CASE("the text that a part was read from is kept", "[twins]") {
    const twin_part part(json{{"a", 1}}, R"({ "a": 1 })");
    CHECK(part.text() == R"({ "a": 1 })");
}
