#include <limits>

#include "emulator/amqp/values/value.hpp"
#include "support/catch.hpp"

using namespace iothub::amqp;

TEST_CASE("an AMQP value is shown as text") {
    CHECK(plain_text("text") == "text");
    CHECK(plain_text("") == "");
    CHECK(plain_text(symbol{"name"}) == "name");
    CHECK(plain_text(true) == "true");
    CHECK(plain_text(false) == "false");
}

TEST_CASE("an AMQP number is shown in decimal digits") {
    CHECK(plain_text(std::uint8_t{65}) == "65");
    CHECK(plain_text(std::int8_t{-1}) == "-1");
    CHECK(plain_text(std::uint16_t{7}) == "7");
    CHECK(plain_text(std::int16_t{-7}) == "-7");
    CHECK(plain_text(std::uint32_t{4294967295}) == "4294967295");
    CHECK(plain_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(plain_text(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("an AMQP floating-point number is shown with as few digits as it takes") {
    CHECK(plain_text(21.5) == "21.5");
    CHECK(plain_text(100000.0) == "100000");
    CHECK(plain_text(0.1f) == "0.1");
    CHECK(plain_text(1.0 / 3) == "0.3333333333333333");
    CHECK(plain_text(1e300) == "1e+300");
    CHECK(plain_text(std::numeric_limits<double>::infinity()) == "inf");
}

TEST_CASE("an AMQP uuid is shown in five groups") {
    const uuid id{{'\x00', '\x11', '\x22', '\x33', '\x44', '\x55', '\x66', '\x77', '\x88', '\x99',
                   '\xaa', '\xbb', '\xcc', '\xdd', '\xee', '\xff'}};
    CHECK(plain_text(id) == "00112233-4455-6677-8899-aabbccddeeff");
}

TEST_CASE("an AMQP timestamp is shown in UTC, within the years that have a text") {
    CHECK(plain_text(milliseconds{1595974937785}) == "2020-07-28T22:22:17.785Z");
    CHECK(plain_text(milliseconds{0}) == "1970-01-01T00:00:00Z");
    CHECK(plain_text(milliseconds{-62135596800000}) == "0001-01-01T00:00:00Z");
    CHECK_FALSE(plain_text(milliseconds{-62135596800001}));
    CHECK(plain_text(milliseconds{253402300799999}) == "9999-12-31T23:59:59.999Z");
    CHECK_FALSE(plain_text(milliseconds{253402300800000}));
    CHECK_FALSE(plain_text(milliseconds{std::numeric_limits<std::int64_t>::max()}));
    CHECK_FALSE(plain_text(milliseconds{std::numeric_limits<std::int64_t>::min()}));
}

TEST_CASE("other AMQP values have no text") {
    for (const value& what :
         {value(), value(U'x'), value(binary{"b"}), value(list{1}), value(map{}), value(array{}),
          value(std::make_shared<const described>())}) {
        CHECK_FALSE(plain_text(what));
    }
}
