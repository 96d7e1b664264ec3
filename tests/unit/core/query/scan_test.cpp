#include "emulator/core/query/scan.hpp"

#include "query_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// Devices a, b, ba, bb, c and modules of b, ba and c.
struct small_bench : query_bench {
    small_bench() {
        for (const char* device : {"c", "a", "bb", "ba", "b"}) {
            put({device, ""}, {{"of", device}, {"n", std::string(device).size()}});
        }
        for (const char* module : {"m2", "m1"}) {
            put({"b", module}, {{"of", module}});
            put({"ba", module}, {{"of", module}});
            put({"c", module}, {{"of", module}});
        }
        end_turn();
    }

    std::uint64_t cost(const std::string& condition) {
        return rows_read_by([&] { selected(condition); });
    }
};

} // namespace

TEST_CASE("scan: each way to the candidates selects what the condition says") {
    small_bench b;
    recording_link link;
    for (const identity_key& key : {identity_key{"ba", ""}, {"c", ""}, {"b", "m1"}, {"c", "m2"}}) {
        b.sessions.connect(key, link);
    }
    const auto [condition, expected, cost] = GENERATE(table<std::string, std::string, int>({
        {"*", "a b ba bb c", 5},
        {"tags.n = 2", "ba bb", 5},
        {"deviceId = 'ba'", "ba", 1},
        {"devices.deviceId = 'ba'", "ba", 1},
        {"DEVICEID = 'ba'", "ba", 1},
        {"'ba' = deviceId", "ba", 1},
        {"deviceId = 'x'", "", 0},
        {"deviceId = 7", "", 0},
        {"deviceId != 'ba'", "a b bb c", 5},
        {"NOT (deviceId = 'ba')", "a b bb c", 5},
        {"deviceId = 'ba' OR tags.n = 1", "a b ba c", 5},
        {"deviceId = 'ba' AND tags.n = 1", "", 1},
        {"(tags.n = 2 AND (deviceId = 'ba' AND TRUE = TRUE))", "ba", 1},
        {"deviceId = 'ba' AND deviceId = 'b'", "", 1},
        {"deviceId IN ['bb', 'a', 'x', 'bb']", "a bb", 2},
        {"deviceId IN ['bb', 5, 'a']", "a bb", 2},
        {"deviceId IN []", "", 0},
        {"deviceId NIN ['bb', 'a']", "b ba c", 5},
        {"STARTSWITH(deviceId, 'b')", "b ba bb", 3},
        {"STARTS_WITH(deviceId, 'ba')", "ba", 1},
        {"STARTSWITH(deviceId, '')", "a b ba bb c", 5},
        {"STARTSWITH(deviceId, 'x')", "", 0},
        {"STARTSWITH('bax', deviceId)", "b ba", 5},
        {"connectionState = 'Connected'", "ba c", 2},
        {"connectionState IN ['Connected']", "ba c", 2},
        {"connectionState IN ['Connected', 'Disconnected']", "a b ba bb c", 5},
        {"connectionState = 'connected'", "", 5},
        {"connectionState = 'Disconnected'", "a b bb", 5},
        {"FROM devices.modules", "b/m1 b/m2 ba/m1 ba/m2 c/m1 c/m2", 6},
        {"FROM devices.modules WHERE tags.of = 'm2'", "b/m2 ba/m2 c/m2", 6},
        {"FROM devices.modules WHERE deviceId = 'ba'", "ba/m1 ba/m2", 2},
        {"FROM devices.modules WHERE deviceId IN ['c', 'a', 'b']", "b/m1 b/m2 c/m1 c/m2", 4},
        {"FROM devices.modules WHERE deviceId = 'ba' AND moduleId = 'm2'", "ba/m2", 1},
        {"FROM devices.modules WHERE deviceId IN ['ba','c'] AND moduleId = 'm2'", "ba/m2 c/m2", 2},
        {"FROM devices.modules WHERE deviceId = 'ba' AND moduleId IN ['m2','m1']", "ba/m1 ba/m2",
         2},
        {"FROM devices.modules WHERE deviceId = 'ba' AND moduleId = ''", "", 1},
        {"FROM devices.modules WHERE moduleId = 'm2'", "b/m2 ba/m2 c/m2", 6},
        {"FROM devices.modules WHERE STARTSWITH(deviceId, 'b')", "b/m1 b/m2 ba/m1 ba/m2", 4},
        {"FROM devices.modules WHERE connectionState = 'Connected'", "b/m1 c/m2", 2},
    }));
    INFO(condition);
    CHECK(b.selected(condition) == expected);
    CHECK(b.selected(condition, 1) == expected); // in the smallest slices
    CHECK(b.cost(condition) == static_cast<std::uint64_t>(cost));
    for (const identity_key& key : {identity_key{"ba", ""}, {"c", ""}, {"b", "m1"}, {"c", "m2"}}) {
        b.sessions.disconnected(key, link);
    }
}

TEST_CASE("scan: comparisons of one path in an OR are looked up like those of IN") {
    small_bench b;
    const auto [condition, expected, cost] = GENERATE(table<std::string, std::string, int>({
        {"deviceId = 'ba' OR deviceId = 'x' OR 'c' = deviceId", "ba c", 2},
        {"(deviceId = 'ba' OR deviceId IN ['a']) AND tags.n = 1", "a", 2},
        {"deviceId = 'ba' OR (deviceId = 'a' OR deviceId = 'b')", "a b ba", 3},
        {"deviceId = 'ba' OR deviceId = deviceId", "a b ba bb c", 5},
        {"deviceId = 'ba' OR NOT (deviceId = 'c')", "a b ba bb", 5},
        {"deviceId = 'ba' OR STARTSWITH(deviceId, 'bb')", "ba bb", 5},
        {"deviceId = 'ba' OR (deviceId = 'a' AND tags.n = 2)", "ba", 5},
    }));
    INFO(condition);
    CHECK(b.selected(condition) == expected);
    CHECK(b.cost(condition) == static_cast<std::uint64_t>(cost));
}

TEST_CASE("scan: it goes on behind any key, whether that is there or not") {
    small_bench b;
    const auto [condition, after, expected] =
        GENERATE(table<std::string, identity_key, std::string>({
            {"*", {"b", ""}, "ba bb c"},
            {"*", {"b5", ""}, "ba bb c"},
            {"*", {"c", ""}, ""},
            {"deviceId IN ['a','bb','c']", {"bb", ""}, "c"},
            {"deviceId IN ['a','bb','c']", {"b", ""}, "bb c"},
            {"STARTSWITH(deviceId, 'b')", {"a", ""}, "b ba bb"},
            {"STARTSWITH(deviceId, 'b')", {"b", ""}, "ba bb"},
            {"STARTSWITH(deviceId, 'b')", {"bb", ""}, ""},
            {"FROM devices.modules", {"b", "m1"}, "b/m2 ba/m1 ba/m2 c/m1 c/m2"},
            {"FROM devices.modules", {"b", "m9"}, "ba/m1 ba/m2 c/m1 c/m2"},
            {"FROM devices.modules WHERE deviceId IN ['b','c']", {"b", "m2"}, "c/m1 c/m2"},
            {"FROM devices.modules WHERE deviceId IN ['b','c']", {"bx", "m2"}, "c/m1 c/m2"},
            {"FROM devices.modules WHERE deviceId IN ['b','c']", {"c", "m2"}, ""},
        }));
    INFO(condition);
    CHECK(b.selected(condition, 1000, after) == expected);
    CHECK(b.selected(condition, 1, after) == expected);
}

TEST_CASE("scan: it stops where it is told, and goes on there") {
    small_bench b;
    const auto scan = b.queries->select(core::query::parse_condition("*").value());
    std::string taken;
    const auto take_one = [&](const core::query::twin_row& row) {
        taken += row.key().device_id + " ";
        return false;
    };
    CHECK(scan->read(1000, take_one));
    CHECK(scan->position() == identity_key{"a", ""});
    CHECK(scan->read(1000, take_one));
    b.store.remove_identity({"b", ""}); // where it stands
    b.store.remove_identity({"ba", ""});
    b.put({"b1", ""});
    b.put({"a1", ""}); // before where it stands
    CHECK(scan->read(1000, take_one));
    CHECK(scan->read(1000, take_one));
    CHECK(taken == "a b b1 bb ");
}

TEST_CASE("scan: no more rows than asked for are looked at") {
    query_bench b;
    b.put_devices(1000);
    const auto scan = b.queries->select(core::query::parse_condition("tags.x = 1").value());
    const auto none = [](const core::query::twin_row&) { return true; };
    CHECK(b.rows_read_by([&] { CHECK(scan->read(300, none)); }) == 300);
    CHECK(scan->position() == identity_key{"d00299", ""});
    CHECK(b.rows_read_by([&] { CHECK(scan->read(1, none)); }) == 1);
    CHECK(b.rows_read_by([&] { CHECK_FALSE(scan->read(1000, none)); }) == 699);
    CHECK(b.rows_read_by([&] { CHECK_FALSE(scan->read(1000, none)); }) == 0);
}

TEST_CASE("scan: names that are not there cost no more than rows that are") {
    query_bench b;
    b.put_devices(300);
    std::string names = "'none'";
    for (int i = 0; i < 2000; ++i) {
        names += ",'x" + std::to_string(i) + "'";
    }
    const auto scan =
        b.queries->select(core::query::parse_condition("deviceId IN [" + names + ",'zz']").value());
    b.put({"zz", ""});
    std::string found;
    const auto take = [&](const core::query::twin_row& row) {
        found += row.key().device_id;
        return true;
    };
    int reads = 1;
    while (scan->read(500, take)) {
        ++reads;
    }
    CHECK(reads >= 4);
    CHECK(found == "zz");
}

TEST_CASE("scan: a fault of the store is told") {
    small_bench b;
    const auto scan = b.queries->select(core::query::parse_condition("*").value());
    b.store.reads_fail = true;
    CHECK_THROWS_AS(scan->read(10, [](const auto&) { return true; }), core::store_fault);
}
