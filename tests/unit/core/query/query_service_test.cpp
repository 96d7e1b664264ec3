#include "emulator/core/query/query_service.hpp"

#include "emulator/core/hub.hpp"
#include "query_bench.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;
using namespace iothub::test;
using core::query::item_type;
using core::query::query_service;

namespace {

struct answers {
    query_service::callback take() {
        return [this](result<core::query::page> page) { all.push_back(std::move(page)); };
    }

    std::vector<result<core::query::page>> all;
};

const std::string nothing = "SELECT * FROM devices WHERE status = 'none'";

// A slice's time is over whenever somebody looks.
class hasty_clock final : public core::clock {
public:
    timestamp now() const override { return now_ += std::chrono::seconds(1); }

private:
    mutable timestamp now_ = never;
};

} // namespace

TEST_CASE("query service: what is done in the first slice is answered within the call") {
    query_bench b;
    b.put_devices(400);
    answers a;
    b.queries->run({nothing, 100, ""}, a.take());
    REQUIRE(a.all.size() == 1);
    CHECK(a.all[0]->rows.dump() == "[]");
    CHECK(a.all[0]->continuation.empty());
    CHECK_FALSE(b.queries->next_deadline());
}

TEST_CASE("query service: a long query goes on in slices of 500 rows, and is due at once") {
    query_bench b;
    b.put_devices(1700);
    answers a;
    CHECK(b.rows_read_by([&] { b.queries->run({nothing, 100, ""}, a.take()); }) == 500);
    for (const int rows : {500, 500, 200}) {
        CHECK(a.all.empty());
        CHECK(b.queries->next_deadline() == never);
        CHECK(b.rows_read_by([&] { b.queries->advance(b.clock.now()); }) ==
              static_cast<std::uint64_t>(rows));
    }
    REQUIRE(a.all.size() == 1);
    CHECK(a.all[0]->rows.empty());
    CHECK_FALSE(b.queries->next_deadline());
}

TEST_CASE("query service: queries take turns") {
    query_bench b;
    b.put_devices(2000);
    answers a;
    b.queries->run({nothing, 100, ""}, a.take());
    b.queries->run({"SELECT COUNT() AS n FROM devices WHERE status = 'enabled'", 100, ""},
                   a.take());
    for (int slice = 0; slice < 6; ++slice) {
        CHECK(a.all.size() < 2);
        b.queries->advance(b.clock.now());
    }
    b.queries->advance(b.clock.now());
    b.queries->advance(b.clock.now());
    REQUIRE(a.all.size() == 2);
    CHECK(a.all[0]->rows.empty());
    CHECK(a.all[1]->rows.dump() == R"([{"n":2000}])");
}

TEST_CASE("query service: an expensive condition is looked at in smaller steps") {
    query_bench b;
    b.put_devices(600);
    std::string text = "SELECT * FROM devices WHERE status = 'a'";
    for (int i = 0; i < 1000; ++i) {
        text += " OR tags.t = tags.u";
    }
    answers a;
    b.queries->run({text, 100, ""}, a.take());
    CHECK(a.all.empty());
    b.queries->advance(b.clock.now());
    REQUIRE(a.all.size() == 1);
    CHECK(a.all[0]);
}

TEST_CASE("query service: many grouped paths are looked at in smaller steps, too") {
    query_bench b;
    b.put_devices(3);
    std::string paths = "deviceId";
    for (int i = 0; i < 126; ++i) {
        paths += ", tags.t" + std::to_string(i);
    }
    const hasty_clock clock;
    query_service queries(b.store, b.identities, b.sessions, clock);
    answers a;
    queries.run({"SELECT COUNT() AS n FROM devices GROUP BY " + paths, 100, ""}, a.take());
    CHECK(queries.rows_read() == 1);
    CHECK(a.all.empty());
}

TEST_CASE("query service: only so many run at one time") {
    query_bench b;
    b.put_devices(600);
    answers a;
    for (std::size_t i = 0; i < query_service::max_running; ++i) {
        b.queries->run({nothing, 100, ""}, a.take());
    }
    CHECK(a.all.empty());
    b.queries->run({nothing, 100, ""}, a.take());
    REQUIRE(a.all.size() == 1);
    CHECK(a.all[0].error().code == errc::throttling);
    b.queries->run({"SELECT * FROM devices WHERE deviceId = 'x'", 100, ""}, a.take());
    REQUIRE(a.all.size() == 2);
    CHECK(a.all[1]); // short ones are let in
    b.settle();
    CHECK(a.all.size() == query_service::max_running + 2);
}

TEST_CASE("query service: one that runs for over two minutes is given up") {
    query_bench b;
    b.put_devices(1200);
    answers a;
    b.queries->run({nothing, 100, ""}, a.take());
    b.clock.advance(std::chrono::seconds(120));
    b.queries->advance(b.clock.now());
    CHECK(a.all.empty());
    b.clock.advance(std::chrono::seconds(1));
    b.queries->advance(b.clock.now());
    REQUIRE(a.all.size() == 1);
    CHECK(a.all[0].error().code == errc::request_timed_out);
    CHECK_FALSE(b.queries->next_deadline());
}

TEST_CASE("query service: a fault of the store ends the query and says why in the log") {
    query_bench b;
    b.put_devices(1200);
    const bool at_once = GENERATE(true, false);
    answers a;
    b.store.reads_fail = at_once;
    b.queries->run({nothing, 100, ""}, a.take());
    b.store.reads_fail = true;
    b.queries->advance(b.clock.now());
    REQUIRE(a.all.size() == 1);
    CHECK(a.all[0].error().code == errc::server_error);
    CHECK(a.all[0].error().detail == "the disk is broken");
    CHECK_FALSE(b.queries->next_deadline());
}

TEST_CASE("query service: whoever asks from within an answer is answered") {
    query_bench b;
    b.put_devices(1200);
    answers a;
    b.queries->run({nothing, 100, ""},
                   [&](const auto&) { b.queries->run({nothing, 100, ""}, a.take()); });
    b.settle();
    CHECK(a.all.size() == 1);
}

TEST_CASE("query service: what a page is made of") {
    query_bench b;
    b.put({"d", ""}, {{"a", 1}});
    b.put({"d", "m"});
    const auto [text, type] = GENERATE(table<std::string, item_type>({
        {"SELECT * FROM devices", item_type::twin},
        {"SELECT * FROM devices WHERE deviceId = 'x'", item_type::twin},
        {"SELECT * FROM devices.modules", item_type::twin},
        {"SELECT * FROM devices.jobs", item_type::device_job},
        {"SELECT deviceId FROM devices", item_type::raw},
        {"SELECT COUNT() AS n FROM devices", item_type::raw},
        {"SELECT COUNT() AS n FROM devices WHERE tags.a = 1", item_type::raw},
        {"SELECT tags.a, COUNT() AS n FROM devices GROUP BY tags.a", item_type::raw},
    }));
    CHECK(b.ask(text)->item_type == type);
}

TEST_CASE("query service: projections name what they show and leave out what is not there") {
    query_bench b;
    b.put({"d", ""}, {{"a", {{"b", 1}}}});
    b.put({"e", ""});
    CHECK(
        b.all("SELECT deviceId, tags.a.b AS x, status as Status, tags.none FROM devices").dump() ==
        R"([{"deviceId":"d","x":1,"Status":"enabled"},{"deviceId":"e","Status":"enabled"}])");
    CHECK(b.all("SELECT tags.none FROM devices").dump() == "[{},{}]");
    CHECK(b.all("SELECT tags.a FROM devices WHERE deviceId = 'd'").dump() == R"([{"a":{"b":1}}])");
}

TEST_CASE("query service: twins in answers are whole documents") {
    query_bench b;
    b.put({"d", ""}, {{"a", 1}});
    b.put({"d", "m"});
    const json device = b.all("SELECT * FROM devices").at(0);
    CHECK(device["tags"].dump() == R"({"a":1})");
    CHECK(device["properties"]["reported"]["$version"] == 1);
    CHECK_FALSE(device.contains("moduleId"));
    const json module = b.all("SELECT * FROM devices.modules").at(0);
    CHECK(module["moduleId"] == "m");
    CHECK(module["capabilities"].dump() == R"({"iotEdge":false})");
}

TEST_CASE("query service: a bad query is refused with its place") {
    query_bench b;
    const auto refused = b.ask("SELECT * FORM devices");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message.find("FORM") != std::string::npos);
}

TEST_CASE("query service: the hub tells it of twins, faults and time") {
    memory_hub h;
    for (int i = 0; i < 6000; ++i) {
        h.store.put_identity({.key = {query_bench::numbered(i), ""}});
        h.store.put_twin(core::make_twin({query_bench::numbered(i), ""}, never));
    }
    h.hub.end_turn();
    auto& queries = h.hub.queries();
    answers a;
    const std::string text = "SELECT deviceId FROM devices WHERE tags.x = 1";
    queries.run({text, 100, ""}, a.take());
    queries.run({text, 100, ""}, a.take());
    for (int turn = 0; turn < 1000 && h.hub.next_deadline(); ++turn) {
        h.hub.advance();
        h.hub.end_turn();
    }
    CHECK(a.all.size() == 2);
    CHECK(queries.describe_indexes() == std::vector<std::string>{"devices tags.x ready"});
    REQUIRE(
        h.hub.twins().patch({"d00042", ""}, {json{{"x", 1}}, {}}, core::precondition::anything()));
    const auto before = queries.rows_read();
    queries.run({text, 100, ""}, a.take());
    REQUIRE(a.all.size() == 3);
    CHECK(a.all[2]->rows.dump() == R"([{"deviceId":"d00042"}])");
    CHECK(queries.rows_read() - before == 1);
}
