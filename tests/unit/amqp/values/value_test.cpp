#include "emulator/amqp/values/value.hpp"

#include <limits>

#include "common/result.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;

TEST_CASE("an AMQP value gives its text where it has one") {
    CHECK(*value("a").text() == "a");
    CHECK(*value(symbol{"b"}).text() == "b");
    CHECK(value(binary{"c"}).text() == nullptr);
    CHECK(value().text() == nullptr);
}

TEST_CASE("an AMQP value gives its integer where it has one that fits") {
    CHECK(value(std::uint8_t{255}).integer() == 255);
    CHECK(value(std::int8_t{-128}).integer() == -128);
    CHECK(value(std::uint16_t{65535}).integer() == 65535);
    CHECK(value(std::int16_t{-3}).integer() == -3);
    CHECK(value(200).integer() == 200);
    CHECK(value(std::uint32_t{4294967295}).integer() == 4294967295);
    CHECK(value(std::int64_t{-5}).integer() == -5);
    CHECK(value(std::uint64_t{7}).integer() == 7);
    CHECK_FALSE(value(std::numeric_limits<std::uint64_t>::max()).integer());
    for (const value& other :
         {value(), value(true), value(1.0), value(U'1'), value("1"), value(milliseconds{1})}) {
        CHECK_FALSE(other.integer());
    }
}

TEST_CASE("AMQP values of different types differ") {
    CHECK(value(1) == value(1));
    CHECK_FALSE(value(1) == value(std::int64_t{1}));
    CHECK_FALSE(value("a") == value(symbol{"a"}));
    CHECK_FALSE(value(list{1}) == value(array{{1}}));
    CHECK_FALSE(value() == value(false));
}

TEST_CASE("described AMQP values are equal by what they hold") {
    const auto make = [](std::uint64_t descriptor, int what) {
        return value(std::make_shared<const described>(described{value(descriptor), value(what)}));
    };
    CHECK(make(1, 2) == make(1, 2));
    CHECK_FALSE(make(1, 2) == make(1, 3));
    CHECK_FALSE(make(1, 2) == make(2, 2));
    CHECK_FALSE(make(1, 2) == value(std::shared_ptr<const described>()));
    CHECK_FALSE(make(1, 2) == value());
}

TEST_CASE("a key of an AMQP map is found as string and as symbol") {
    const map in{{value(1), "number"}, {symbol{"a"}, 1}, {"b", "two"}, {"b", "three"}};
    CHECK(*find(in, "a") == value(1));
    CHECK(*find(in, "b") == value("two"));
    CHECK(find(in, "c") == nullptr);
    CHECK(find_text(in, "b") == "two");
    CHECK_FALSE(find_text(in, "a"));
    CHECK_FALSE(find_text(in, "c"));
}

TEST_CASE("an error is not taken for an AMQP value") {
    const auto failing = []() -> result<value> { return error(errc::argument_invalid, "no"); };
    CHECK(failing().has_error());
}
