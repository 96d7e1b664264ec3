#include "emulator/core/query/indexes/property_indexes.hpp"

#include "emulator/core/query/indexes/indexed_path.hpp"
#include "index_bench.hpp"

using namespace iothub;
using namespace iothub::test;
using core::query::index_usage;

namespace {

constexpr int devices = index_devices;

} // namespace

TEST_CASE("property index: a path that is often looked for in vain is indexed, and not scanned") {
    index_bench b;
    b.fill();
    CHECK(b.cost(rare) == devices);
    CHECK(b.indexes().empty());
    CHECK_FALSE(b.queries->next_deadline());
    CHECK(b.cost(rare) == devices);
    CHECK(b.queries->next_deadline() == never);
    b.settle();
    CHECK(b.indexes() == "devices tags.serial ready");
    CHECK_FALSE(b.queries->next_deadline());
    CHECK(b.cost(rare) == 1);
    CHECK(found(b, rare) == "d00007");
    CHECK(b.cost("SELECT * FROM devices WHERE tags.serial IN ['s1','s5000','none']") == 2);
    CHECK(b.cost("SELECT * FROM devices WHERE tags.serial = 's1' OR tags.serial = 's5000'") == 2);
    CHECK(b.cost("SELECT * FROM devices WHERE TAGS.serial = 's9' AND tags.kind = 'a'") == 1);
    CHECK(b.cost("SELECT COUNT() AS n FROM devices WHERE 's8' = tags.serial") == 1);
    CHECK(b.cost("SELECT * FROM devices WHERE tags.serial = 'none'") == 0);
}

TEST_CASE("property index: what it cannot answer is scanned as before") {
    index_bench b;
    b.fill();
    b.learn();
    const std::string where =
        GENERATE(as<std::string>{}, "tags.serial != 's7' AND tags.kind = 'x'",
                 "tags.serial > 's7x' OR FALSE", "NOT (tags.serial = 's7')",
                 "tags.serial = 's7' OR tags.kind = 'x'", "STARTSWITH(tags.serial, 's7')",
                 "tags.serial NIN ['s7']", "tags.Serial = 's7'", "tags.serial = undefined",
                 "tags.serial IN ['s7', null]", "LOWER(tags.serial) = 's7'",
                 "tags.serial = tags.kind", "tags.serial.x = 's7'");
    INFO(where);
    CHECK(b.cost("SELECT deviceId FROM devices WHERE " + where) >= devices);
}

TEST_CASE("property index: it says what the twins say, after every write") {
    index_bench b;
    b.fill();
    b.learn();
    const std::string wanted = "SELECT deviceId FROM devices WHERE tags.serial = 'new'";
    b.tag("d00003", R"({"serial":"new"})");
    b.tag("d00009", R"({"serial":"new"})");
    CHECK(found(b, wanted) == "d00003 d00009");
    CHECK(b.cost(wanted) == 2);
    b.tag("d00003", R"({"serial":"other"})");
    CHECK(found(b, wanted) == "d00009");
    b.tag("d00009", R"({"serial":null})");
    CHECK(found(b, wanted).empty());
    b.tag("d00009", R"({"serial":{"new":"new"}})");
    CHECK(found(b, wanted).empty());
    b.put({"e", ""});
    b.tag("e", R"({"serial":"new"})");
    CHECK(found(b, wanted) == "e");
    b.store.remove_identity({"e", ""});
    CHECK(found(b, wanted).empty());
    b.put({"e", ""}); // anew, without tags
    CHECK(found(b, wanted).empty());
    CHECK(b.cost(wanted) == 0);
}

TEST_CASE("property index: types are kept apart, and numbers are numbers") {
    index_bench b;
    b.fill();
    b.learn("SELECT deviceId FROM devices WHERE tags.v = 1");
    CHECK(b.indexes() == "devices tags.v ready");
    const std::string long_text(300, 'x');
    b.tag("d00001", R"({"v":1})");
    b.tag("d00002", R"({"v":1.0})");
    b.tag("d00003", R"({"v":"1"})");
    b.tag("d00004", R"({"v":true})");
    b.tag("d00005", R"({"v":-0.0})");
    b.tag("d00006", R"({"v":"true"})");
    b.tag("d00007", (R"({"v":")" + long_text + R"(a"})").c_str());
    b.tag("d00008", (R"({"v":")" + long_text + R"(b"})").c_str());
    b.tag("d00009", R"({"v":"n1"})");
    const auto [literal, expected] = GENERATE_COPY(table<std::string, std::string>({
        {"1", "d00001 d00002"},
        {"1.0", "d00001 d00002"},
        {"0x1", "d00001 d00002"},
        {"'1'", "d00003"},
        {"true", "d00004"},
        {"false", ""},
        {"0", "d00005"},
        {"'true'", "d00006"},
        {"'n1'", "d00009"},
        {"'" + long_text + "a'", "d00007"},
        {"'" + long_text + "'", ""},
    }));
    const std::string text = "SELECT deviceId FROM devices WHERE tags.v = " + literal;
    CHECK(found(b, text) == expected);
    CHECK(b.cost(text) < 10);
    CHECK(found(b, "SELECT deviceId FROM devices WHERE tags.v IN [1, '1', 1.0, true]") ==
          "d00001 d00002 d00003 d00004");
}

TEST_CASE("property index: desired and reported properties, and modules apart from devices") {
    index_bench b;
    b.put_devices(1);
    for (int i = 0; i < devices; ++i) {
        b.put({"d00000", "m" + b.numbered(i)});
    }
    b.end_turn();
    const char* path = GENERATE("properties.desired.a.b", "properties.reported.a.b");
    const std::string text =
        std::string("SELECT moduleId FROM devices.modules WHERE ") + path + " = 5";
    b.learn(text);
    CHECK(b.indexes() == std::string("modules ") + path + " ready");
    const identity_key module{"d00000", "md00042"};
    const json written = json::parse(R"({"a":{"b":5}})");
    REQUIRE(b.twins.report(module, written, {}));
    REQUIRE(b.twins.patch(module, {{}, written}, core::precondition::anything()));
    REQUIRE(b.twins.report({"d00000", ""}, written, {}));
    CHECK(b.all(text).dump() == R"([{"moduleId":"md00042"}])");
    CHECK(b.cost(text) == 1);
}

TEST_CASE("property index: scans that find what they look at want none, nor do cheap ones") {
    index_bench b;
    b.fill(3000);
    for (int i = 0; i < 20; ++i) {
        b.all("SELECT deviceId FROM devices WHERE tags.kind = 'a'"); // a third of all
    }
    for (int i = 0; i < 3; ++i) {
        b.ask("SELECT deviceId FROM devices WHERE tags.other = 'a'"); // 9,000 rows
    }
    for (int i = 0; i < 10; ++i) {
        b.ask("SELECT deviceId FROM devices WHERE deviceId = 'd00001' AND tags.x = 'a'");
        b.ask("SELECT deviceId FROM devices WHERE status = 'gone'"); // not the users'
        b.ask("SELECT deviceId FROM devices WHERE properties.desired.$version = 9");
        b.ask("SELECT deviceId FROM devices WHERE tags.[[a.b]] = 9"); // no twin has such a name
    }
    CHECK_FALSE(b.queries->next_deadline());
    b.ask("SELECT deviceId FROM devices WHERE tags.other = 'a'");
    CHECK(b.queries->next_deadline());
    b.settle();
    CHECK(b.indexes() == "devices tags.other ready");
}

TEST_CASE("property index: of several, the one that finds fewest is used") {
    index_bench b;
    b.fill();
    const std::string text =
        "SELECT deviceId FROM devices WHERE tags.kind = 'c' AND tags.serial = 's5'";
    b.learn(text);
    CHECK(b.indexes() == "devices tags.kind ready, devices tags.serial ready");
    CHECK(b.cost(text) == 1);
    CHECK(found(b, text) == "d00005");
}

TEST_CASE("property index: what a path's index is called") {
    using core::query::index_name;
    CHECK(index_name(false, {{"tags", "a", "b"}}) == "devices tags.a.b");
    CHECK(index_name(true, {{"TAGS", "A"}}) == "modules tags.A");
    CHECK(index_name(false, {{"Properties", "DESIRED", "a"}}) == "devices properties.desired.a");
    CHECK(index_name(false, {{"properties", "reported", "a"}}) == "devices properties.reported.a");
    const auto none =
        GENERATE(values<std::vector<std::string>>({{},
                                                   {"tags"},
                                                   {"tags", ""},
                                                   {"tagsa"},
                                                   {"deviceId"},
                                                   {"properties", "desired"},
                                                   {"properties", "desired", "$version"},
                                                   {"properties", "reported", "$metadata", "a"},
                                                   {"tags", "a.b"},
                                                   {"tags", "a b"},
                                                   {"tags", std::string(400, 'a')},
                                                   {"configurations", "c", "status"}}));
    CHECK_FALSE(index_name(false, {none}));
}

TEST_CASE("property index: usage forgets what cost least") {
    index_usage usage;
    for (int i = 0; i < 300; ++i) {
        usage.count({"i" + std::to_string(i)}, {.in_vain = 100u + i, .first = true});
    }
    CHECK_FALSE(usage.wanted());
    usage.count({"i299"}, {.in_vain = 10'000, .first = true});
    CHECK(usage.wanted() == "i299");
    usage.forget("i299");
    CHECK_FALSE(usage.wanted());
    usage.count({"i0"}, {.in_vain = 9'950, .first = true}); // its first 100 are forgotten
    CHECK_FALSE(usage.wanted());
    usage.count({"many"}, {.in_vain = 20'000, .selected = 3'000, .first = true});
    usage.count({"many"}, {.in_vain = 0, .first = true});
    CHECK_FALSE(usage.wanted());
}
