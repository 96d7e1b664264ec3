#include "common/property_bag.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("a bag keeps order and repeated keys", "[property_bag]") {
    const property_bag bag = parse_property_bag("b=1&a=2&b=3");
    CHECK(bag == property_bag{{"b", "1"}, {"a", "2"}, {"b", "3"}});
    REQUIRE(find_property(bag, "b") != nullptr);
    CHECK(find_property(bag, "b")->value == "1");
    CHECK(find_property(bag, "c") == nullptr);
}

TEST_CASE("a key without = has no value, one with = an empty value", "[property_bag]") {
    CHECK(parse_property_bag("a&b=") == property_bag{{"a", std::nullopt}, {"b", ""}});
    CHECK(format_property_bag({{"a", std::nullopt}, {"b", ""}}) == "a&b=");
}

TEST_CASE("a piece is split on its first = only", "[property_bag]") {
    CHECK(parse_property_bag("a=b=c==") == property_bag{{"a", "b=c=="}});
    CHECK(parse_property_bag("=v") == property_bag{{"", "v"}});
}

TEST_CASE("a bag skips empty pieces", "[property_bag]") {
    CHECK(parse_property_bag("").empty());
    CHECK(parse_property_bag("&&").empty());
    CHECK(parse_property_bag("&a=1&&b=2&") == property_bag{{"a", "1"}, {"b", "2"}});
}

TEST_CASE("a bag is decoded after it is split", "[property_bag]") {
    CHECK(parse_property_bag("a%20b=c%26d%2F%C3%A9%3D") == property_bag{{"a b", "c&d/\xc3\xa9="}});
    CHECK(parse_property_bag("a+b=c+d") == property_bag{{"a+b", "c+d"}});
    CHECK(parse_property_bag("rate=100%&x=%zz") == property_bag{{"rate", "100%"}, {"x", "%zz"}});
}

TEST_CASE("what is written is read back the same", "[property_bag]") {
    const property_bag bag{{"$.mid", "id 1/2"},
                           {"k&=%", "v&=%+"},
                           {"flag", std::nullopt},
                           {"", ""},
                           {"\xc3\xa9", "/"}};
    CHECK(parse_property_bag(format_property_bag(bag)) == bag);
}

TEST_CASE("a bag is written percent-encoded with %20 and upper-case digits", "[property_bag]") {
    CHECK(format_property_bag({{"$.to", "/devices/d 1"}, {"iothub-ack", "full"}}) ==
          "%24.to=%2Fdevices%2Fd%201&iothub-ack=full");
}

TEST_CASE("a bag is as large as its keys and values", "[property_bag]") {
    CHECK(bytes_in({}) == 0);
    CHECK(bytes_in({{"ab", "cde"}, {"f", std::nullopt}, {"", "\xc3\xa9"}}) == 8);
}

} // namespace iothub
