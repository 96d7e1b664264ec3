#include <algorithm>
#include <array>
#include <random>

#include "emulator/core/query/access/restrictions.hpp"
#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"

namespace iothub::core::query::test {

namespace {

constexpr std::array<std::string_view, 10> queries{
    "select * from devices where capabilities.iotEdge = true",
    "select deviceId from devices.modules where moduleId = '$edgeAgent' and "
    "configurations.[[c12]].status = 'Applied' and properties.desired.$version = "
    "properties.reported.lastDesiredVersion and properties.reported.code = 200",
    "select * from devices.modules where devices.deviceId='d' or tags.list[0] in [0x1, -2.5e1]",
    "SELECT * FROM devices WHERE tags.location.region = 'US' AND properties.reported.x >= 60",
    "SELECT TOP 5 tags.a x, COUNT() AS n, AVG(tags.b) FROM devices GROUP BY tags.a /* c */",
    "SELECT * FROM devices.jobs WHERE devices.jobs.jobId = 'j'",
    "SELECT * FROM devices WHERE STARTSWITH(devices.deviceId, \"x\\u20ac\") ?? NOT tags.on",
    "SELECT * FROM devices WHERE SUBSTRING(deviceId, 1, 2) || 'a' NIN ['wired', 'wifi']",
    "SELECT * FROM devices WHERE ((1 + tags.n) * 2 - 3) / 4 % 5 <> POWER(2, tags.n) OR null",
    "SELECT * FROM devices WHERE ARRAY_CONTAINS([1, 'a'], tags.a) AND is_null(undefined)",
};

constexpr std::string_view bytes = " .,'\"()[]*/%+-=<>!|?$_\\;0123456789abcdefxANDORINuE\n\x80\xff";

// The place that a mistake is told with lies in the text or right behind it.
bool tells_place(const error& e, std::string_view text) {
    const std::string_view at = " at character ";
    const std::size_t found = e.message.rfind(at);
    if (found == e.message.npos) {
        return e.message == "The query is empty.";
    }
    const unsigned long place = std::stoul(e.message.substr(found + at.size()));
    return place >= 1 && place <= text.size() + 1;
}

std::string mutated(std::mt19937& random) {
    const auto below = [&](std::size_t end) { return random() % end; };
    std::string text(queries[below(queries.size())]);
    for (std::size_t changes = 1 + below(4); changes > 0 && !text.empty(); --changes) {
        const std::size_t at = below(text.size());
        const std::size_t length = 1 + below(8);
        switch (below(5)) {
        case 0:
            text.erase(at, length);
            break;
        case 1:
            text.insert(at, text.substr(below(text.size()), length * 4));
            break;
        case 2:
            text[at] = bytes[below(bytes.size())];
            break;
        case 3: { // a piece of another query
            const std::string_view other = queries[below(queries.size())];
            text.insert(at, other.substr(below(other.size()), length * 4));
            break;
        }
        default:
            text.insert(at, 1, bytes[below(bytes.size())]);
        }
    }
    return text;
}

bool is_readable(const error& e) {
    return e.code == errc::argument_invalid && e.message.size() < 256 &&
           std::ranges::all_of(e.message, [](char c) { return c >= ' ' && c <= '~' && c != ';'; });
}

} // namespace

TEST_CASE("whatever a query is made into, it is read or refused, and evaluated", "[query]") {
    const json_row row(R"({"deviceId": "wx1", "tags": {"a": "a", "n": 3, "on": true, "b": -1.5,
                           "list": [1, 2], "location": {"region": "US"}},
                           "properties": {"desired": {"$version": 1}, "reported": {"x": 61}},
                           "capabilities": {"iotEdge": true}})");
    std::mt19937 random(20'240'601);
    std::size_t read = 0;
    std::size_t selected = 0;
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = mutated(random);
        const auto parsed = parse_statement(text);
        if (!parsed) {
            INFO(text);
            REQUIRE(is_readable(parsed.error()));
            REQUIRE(tells_place(parsed.error(), text));
            continue;
        }
        ++read;
        selected += selects(parsed->where, row) ? 1 : 0;
        restrictions_of(parsed->where);
    }
    CHECK(read > 1000);
    CHECK(read < 19'000);
    CHECK(selected > 100);
}

TEST_CASE("whatever the bytes are, they are read or refused", "[query]") {
    std::mt19937 random(7);
    for (int round = 0; round < 20'000; ++round) {
        std::string text(random() % 40, ' ');
        std::ranges::generate(text, [&] { return bytes[random() % bytes.size()]; });
        const auto parsed = parse_condition(text);
        INFO(text);
        REQUIRE((parsed || (is_readable(parsed.error()) && tells_place(parsed.error(), text))));
        if (parsed && parsed->where != nullptr) {
            evaluate(*parsed->where, json_row("{}"));
        }
    }
}

} // namespace iothub::core::query::test
