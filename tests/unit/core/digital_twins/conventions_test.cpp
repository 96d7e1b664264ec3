#include "emulator/core/digital_twins/conventions.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::core::digital_twins {

TEST_CASE("a component is an object with the mark, and nothing else is", "[digital_twins]") {
    CHECK(is_component(json::parse(R"({"__t":"c"})")));
    CHECK(is_component(json::parse(R"({"a":1,"__t":"c"})")));
    const char* other = GENERATE("{}", R"({"__t":"d"})", R"({"__t":1})", R"({"t":"c"})", "[]",
                                 R"(["__t"])", "null", "1", R"("c")");
    INFO(other);
    CHECK_FALSE(is_component(json::parse(other)));
}

TEST_CASE("the mark comes first", "[digital_twins]") {
    CHECK(marked_as_component(json::parse(R"({"a":1,"b":{}})")).dump() ==
          R"({"__t":"c","a":1,"b":{}})");
    CHECK(marked_as_component(json::parse(R"({"a":1,"$metadata":{}})")).dump() ==
          R"({"__t":"c","a":1})");
    CHECK(marked_as_component(json::parse(R"({"a":1,"__t":"c"})")).dump() ==
          R"({"__t":"c","a":1})");
}

TEST_CASE("what devices write to acknowledge a property", "[digital_twins]") {
    CHECK(is_acknowledgement(json::parse(R"({"value":1,"ac":200,"av":2,"ad":"x"})")));
    CHECK(is_acknowledgement(json::parse(R"({"value":{"a":1},"ac":203})")));
    CHECK(is_acknowledgement(json::parse(R"({"value":null,"av":0})")));
    const char* other =
        GENERATE("{}", R"({"value":1})", R"({"ac":200,"av":1})", "1", "null", R"(["value","ac"])");
    INFO(other);
    CHECK_FALSE(is_acknowledgement(json::parse(other)));
}

TEST_CASE("names of DTDL", "[digital_twins]") {
    for (const std::string& good :
         {std::string("a"), std::string("Z9"), std::string("a_1"), std::string(64, 'x')}) {
        INFO(good);
        CHECK(is_name(good));
    }
    for (const std::string& bad :
         {std::string(), std::string("1a"), std::string("_a"), std::string("a_"),
          std::string("a-b"), std::string("a b"), std::string("$a"), std::string("\xc3\xa4"),
          std::string(65, 'x')}) {
        INFO(bad);
        CHECK_FALSE(is_name(bad));
    }
}

} // namespace iothub::core::digital_twins
