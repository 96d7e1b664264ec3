#include "common/timestamp.hpp"

#include "support/catch.hpp"

namespace iothub {

namespace {

using namespace std::chrono_literals;

timestamp at(std::chrono::sys_days day, ticks time) {
    return timestamp(day) + time;
}

const timestamp recorded =
    at(std::chrono::year(2020) / 7 / 28, 22h + 17min + 23s + ticks{7'850'610});

} // namespace

TEST_CASE("a time is written with the zeros of its fraction trimmed", "[timestamp]") {
    CHECK(iso_8601(recorded) == "2020-07-28T22:17:23.785061Z");
    CHECK(iso_8601(recorded + ticks{1}) == "2020-07-28T22:17:23.7850611Z");
    CHECK(iso_8601(recorded - ticks{7'850'609}) == "2020-07-28T22:17:23.0000001Z");
    CHECK(iso_8601(recorded - ticks{7'850'610}) == "2020-07-28T22:17:23Z");
    CHECK(iso_8601(recorded - ticks{7'850'610} - 3s) == "2020-07-28T22:17:20Z");
}

TEST_CASE("never is the first day of the first year", "[timestamp]") {
    CHECK(iso_8601(never) == "0001-01-01T00:00:00Z");
    CHECK(iso_8601_without_zone(never) == "0001-01-01T00:00:00");
    CHECK(dotnet_ticks(never) == 0);
    CHECK(parse_iso_8601("0001-01-01T00:00:00") == never);
}

TEST_CASE("the round-trip form has seven digits always", "[timestamp]") {
    CHECK(iso_8601_round_trip(recorded) == "2020-07-28T22:17:23.7850610Z");
    CHECK(iso_8601_round_trip(from_unix_seconds(0)) == "1970-01-01T00:00:00.0000000Z");
}

TEST_CASE("the time of a tracking id is month first", "[timestamp]") {
    CHECK(tracking_time(at(std::chrono::year(2020) / 8 / 20, 22h + 5min + 30s)) ==
          "08/20/2020 22:05:30");
}

TEST_CASE("a generation id is .NET's ticks", "[timestamp]") {
    CHECK(dotnet_ticks(from_unix_seconds(0)) == 621'355'968'000'000'000);
}

TEST_CASE("seconds since 1970 round down, also before it", "[timestamp]") {
    CHECK(unix_seconds(from_unix_seconds(1'795'394'839) + 999ms) == 1'795'394'839);
    CHECK(unix_seconds(from_unix_seconds(0) - ticks{1}) == -1);
}

TEST_CASE("a time before 1970 is written right", "[timestamp]") {
    CHECK(iso_8601(from_unix_seconds(0) - ticks{1}) == "1969-12-31T23:59:59.9999999Z");
}

TEST_CASE("a time is read in every form that SDKs send", "[timestamp]") {
    const auto [text, expected] = GENERATE(table<std::string, ticks>({
        {"2020-07-28T22:17:23Z", 0s},
        {"2020-07-28T22:17:23", 0s},
        {"2020-07-28 22:17:23Z", 0s},
        {"2020-07-28T22:17:23+00:00", 0s},
        {"2020-07-29T00:17:23+02:00", 0s},
        {"2020-07-28T16:47:23-05:30", 0s},
        {"2020-07-29T12:17:23+14:00", 0s},
        {"2020-07-28T22:17:23.5Z", 500ms},
        {"2020-07-28T22:17:23.7850610Z", ticks{7'850'610}},
        {"2020-07-28T22:17:23.785061099999Z", ticks{7'850'610}},
        {"2020-07-28T22:17:23.0000001-00:00", ticks{1}},
    }));
    CAPTURE(text);
    CHECK(parse_iso_8601(text) == recorded - ticks{7'850'610} + expected);
}

TEST_CASE("29 February is a day of leap years only", "[timestamp]") {
    CHECK(parse_iso_8601("2024-02-29T00:00:00Z"));
    CHECK(parse_iso_8601("2000-02-29T00:00:00Z"));
    CHECK_FALSE(parse_iso_8601("2023-02-29T00:00:00Z"));
    CHECK_FALSE(parse_iso_8601("1900-02-29T00:00:00Z"));
}

TEST_CASE("what is no time is refused", "[timestamp]") {
    const std::string text =
        GENERATE("", "2020", "2020-07-28", "2020-07-28T", "2020-07-28T22:17", "2020-07-28T22:17:2",
                 "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z", "2020-01-00T00:00:00Z",
                 "2020-04-31T00:00:00Z", "2020-07-28T24:00:00Z", "2020-07-28T22:60:00Z",
                 "2020-07-28T22:17:60Z", "2020-07-28T22:17:23.Z", "2020-07-28T22:17:23ZZ",
                 "2020-07-28T22:17:23 Z", "2020-07-28T22:17:23+0200", "2020-07-28T22:17:23+15:00",
                 "2020-07-28T22:17:23+02:60", "2020-07-28T22:17:23+", "-020-07-28T22:17:23Z",
                 "2020-+7-28T22:17:23Z", "20200728T221723Z", "2020-07-28x22:17:23Z",
                 "20 0-07-28T22:17:23Z", "tomorrow");
    CAPTURE(text);
    CHECK_FALSE(parse_iso_8601(text));
}

TEST_CASE("no text at all is no time", "[timestamp]") {
    CHECK_FALSE(parse_iso_8601(std::string_view()));
}

TEST_CASE("a time that is written is read back the same", "[timestamp]") {
    const timestamp time = GENERATE(
        values<timestamp>({never, never + ticks{1}, recorded, from_unix_seconds(253'402'300'799)}));
    CHECK(parse_iso_8601(iso_8601(time)) == time);
    CHECK(parse_iso_8601(iso_8601_without_zone(time)) == time);
    CHECK(parse_iso_8601(iso_8601_round_trip(time)) == time);
}

TEST_CASE("years beyond four digits are written whole", "[timestamp]") {
    CHECK(iso_8601(at(std::chrono::year(12345) / 6 / 7, 0s)) == "12345-06-07T00:00:00Z");
    CHECK(tracking_time(at(std::chrono::year(10000) / 1 / 1, 0s)) == "01/01/10000 00:00:00");
}

} // namespace iothub
