#include "emulator/amqp/nodes/event_hub/start_position.hpp"

#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace iothub;
using namespace iothub::amqp;
using namespace std::chrono_literals;
using measure = start_position::measure;

namespace {

constexpr const char* key = "apache.org:selector-filter:string";

value described_as(value descriptor, value what) {
    return std::make_shared<const described>(described{std::move(descriptor), std::move(what)});
}

struct log_world {
    test::manual_clock clock;
    storage::memory_store store;
    core::event_log log{store, clock, {.partitions = 1}};

    void send(int events) {
        for (int i = 0; i < events; ++i) {
            core::event e;
            e.source = {"d", ""};
            e.body = "x";
            log.append(std::move(e));
            log.write_blocks();
            REQUIRE(store.commit());
            log.turn_committed();
            clock.advance(1s);
        }
    }
    std::uint64_t find(const std::string& condition) {
        return find_start(log, 0, parse_selector("amqp.annotation." + condition).value()).value();
    }
    std::string refusal(const std::string& condition) {
        const auto found =
            find_start(log, 0, parse_selector("amqp.annotation." + condition).value());
        return found ? "found" : found.error().message;
    }
    core::event at(std::uint64_t number) { return log.read(0, number, 1).front(); }
};

} // namespace

TEST_CASE("selectors of the SDKs", "[start_position]") {
    const auto [text, expected] = GENERATE(table<const char*, start_position>({
        {"amqp.annotation.x-opt-offset > '-1'", {}},
        {"amqp.annotation.x-opt-offset >= '-1'", {}},
        {"amqp.annotation.x-opt-offset > '@latest'", {measure::latest}},
        {"amqp.annotation.x-opt-offset > '123'", {measure::offset, 123, false}},
        {"amqp.annotation.x-opt-offset >= '123'", {measure::offset, 123, true}},
        {"amqp.annotation.x-opt-sequence-number > '5'", {measure::sequence_number, 5, false}},
        {"amqp.annotation.x-opt-sequence-number >= '0'", {measure::sequence_number, 0, true}},
        {"amqp.annotation.x-opt-sequence-number > '-1'", {}},
        {"amqp.annotation.x-opt-enqueued-time > '1600000000000'",
         {measure::enqueued, 1'600'000'000'000, false}},
        {"amqp.annotation.x-opt-enqueuedtimeutc > 1552556128291",
         {measure::enqueued, 1'552'556'128'291, false}},
        {"  amqp.annotation.x-opt-offset>=7  ", {measure::offset, 7, true}},
    }));
    CAPTURE(text);
    const auto read = parse_selector(text);
    REQUIRE(read);
    CHECK(*read == expected);
}

TEST_CASE("a selector that cannot be understood is refused with its text", "[start_position]") {
    const std::string text = GENERATE(
        "", "x-opt-offset > '1'", "amqp.annotation.", "amqp.annotation.x-opt-offset",
        "amqp.annotation.x-opt-offset '1'", "amqp.annotation.x-opt-offset = '1'",
        "amqp.annotation.x-opt-offset < '1'", "amqp.annotation.x-opt-offset >",
        "amqp.annotation.x-opt-offset > ''", "amqp.annotation.x-opt-offset > 'x'",
        "amqp.annotation.x-opt-offset > '1", "amqp.annotation.x-opt-offset > '1' and more",
        "amqp.annotation.x-opt-offset > 1 2", "amqp.annotation.x-opt-offset > '1.5'",
        "amqp.annotation.x-opt-offset > '99999999999999999999'",
        "amqp.annotation.x-opt-partition-key > 'a'", "amqp.annotation.x-opt-offset > '@first'");
    CAPTURE(text);
    const auto read = parse_selector(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::argument_invalid);
    CHECK(read.error().message.starts_with("The filter \"" + text + "\" cannot be used: "));
}

TEST_CASE("a long selector is told in part", "[start_position]") {
    const auto read = parse_selector(std::string(100'000, 'x'));
    REQUIRE_FALSE(read);
    CHECK(read.error().message.size() < 400);
}

TEST_CASE("a selector is found in the filter, described or not", "[start_position]") {
    const amqp::value selector = "amqp.annotation.x-opt-offset > '3'";
    const list all = {selector, described_as(symbol{key}, selector),
                      described_as(std::uint64_t{0x468C00000004}, selector)};
    for (const amqp::value& held : all) {
        const map with_symbol = {{symbol{"another"}, "x"}, {symbol{key}, held}};
        CHECK(read_start_position(with_symbol).value() == start_position{measure::offset, 3});
        const map with_string = {{key, held}};
        CHECK(read_start_position(with_string).value() == start_position{measure::offset, 3});
    }
}

TEST_CASE("without a selector it is the oldest event", "[start_position]") {
    CHECK(read_start_position({}).value() == start_position{});
    CHECK(read_start_position({{symbol{"another"}, "x"}}).value() == start_position{});
    CHECK(read_start_position({{symbol{key}, amqp::value()}}).value() == start_position{});
}

TEST_CASE("a selector that is no text is refused", "[start_position]") {
    const list all = {5, described_as(symbol{key}, 5), list(), std::shared_ptr<const described>()};
    for (const amqp::value& wrong : all) {
        const auto read = read_start_position({{symbol{key}, wrong}});
        REQUIRE_FALSE(read);
        CHECK(read.error().message ==
              "The filter apache.org:selector-filter:string is no string, described or not.");
    }
}

TEST_CASE("positions are found in a partition", "[start_position]") {
    log_world w;
    w.send(5);
    const std::string offset_3 = std::to_string(w.at(3).offset);
    CHECK(w.find("x-opt-offset > '-1'") == 0);
    CHECK(w.find("x-opt-offset > '@latest'") == 5);
    CHECK(w.find("x-opt-offset > '" + offset_3 + "'") == 4);
    CHECK(w.find("x-opt-offset >= '" + offset_3 + "'") == 3);
    CHECK(w.find("x-opt-sequence-number > '3'") == 4);
    CHECK(w.find("x-opt-sequence-number >= '3'") == 3);
    CHECK(w.find("x-opt-sequence-number > '4'") == 5);
    CHECK(w.find("x-opt-sequence-number >= '5'") == 5);
}

TEST_CASE("a time counts in whole milliseconds", "[start_position]") {
    log_world w;
    w.clock.set(from_unix_seconds(1000) + ticks(7)); // 0.7 µs later
    w.send(2);
    CHECK(w.find("x-opt-enqueued-time > '999999'") == 0);
    CHECK(w.find("x-opt-enqueued-time > '1000000'") == 1);
    CHECK(w.find("x-opt-enqueued-time >= '1000000'") == 0);
    CHECK(w.find("x-opt-enqueued-time > '1001000'") == 2);
    CHECK(w.find("x-opt-enqueued-time > '9000000000000'") == 2);
}

TEST_CASE("a position beyond the end is refused as the real service does", "[start_position]") {
    log_world w;
    CHECK(w.refusal("x-opt-sequence-number > '0'") ==
          "The supplied sequence number '0' is invalid. The last sequence number in the system is "
          "'-1'");
    w.send(3);
    CHECK(w.refusal("x-opt-sequence-number > '3'") ==
          "The supplied sequence number '3' is invalid. The last sequence number in the system is "
          "'2'");
    CHECK(w.refusal("x-opt-sequence-number >= '4'") ==
          "The supplied sequence number '4' is invalid. The last sequence number in the system is "
          "'2'");
    CHECK(w.refusal("x-opt-offset > '1000000'").starts_with("The supplied offset '1000000' is "));
    CHECK(w.refusal("x-opt-offset >= '9223372036854775807'").starts_with("The supplied offset"));
}

TEST_CASE("a position that is gone begins at the oldest that is kept", "[start_position]") {
    log_world w;
    w.send(3);
    const std::string offset_1 = std::to_string(w.at(1).offset);
    w.log.clear();
    w.send(2);
    CHECK(w.find("x-opt-offset > '-1'") == 3);
    CHECK(w.find("x-opt-offset > '" + offset_1 + "'") == 3);
    CHECK(w.at(w.find("x-opt-sequence-number > '0'")).sequence_number == 3);
}
