#include <set>

#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/query/pages/continuation.hpp"
#include "emulator/storage/sqlite/open_sqlite_store.hpp"
#include "query_bench.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

std::string ids_of(const json& rows) {
    std::string ids;
    for (const json& row : rows) {
        ids += (ids.empty() ? "" : " ") + row["deviceId"].get<std::string>();
        ids += row.contains("moduleId") ? "/" + row["moduleId"].get<std::string>() : "";
    }
    return ids;
}

std::string text_of(const core::query::page& p) {
    return ids_of(p.rows) + (p.continuation.empty() ? "" : " …");
}

} // namespace

TEST_CASE("paging: pages of the size that is asked for, and no token on the last one") {
    query_bench b;
    b.put_devices(6);
    const auto [size, pages] = GENERATE(table<std::size_t, std::vector<std::string>>({
        {1, {"d00000 …", "d00001 …", "d00002 …", "d00003 …", "d00004 …", "d00005"}},
        {2, {"d00000 d00001 …", "d00002 d00003 …", "d00004 d00005"}},
        {4, {"d00000 d00001 d00002 d00003 …", "d00004 d00005"}},
        {6, {"d00000 d00001 d00002 d00003 d00004 d00005"}},
        {7, {"d00000 d00001 d00002 d00003 d00004 d00005"}},
    }));
    const std::string text = GENERATE("SELECT * FROM devices", "SELECT deviceId FROM devices",
                                      "SELECT deviceId FROM devices WHERE STARTSWITH(deviceId,'d')",
                                      "SELECT * FROM devices WHERE tags.none != 1 OR TRUE");
    std::string token;
    for (const std::string& expected : pages) {
        const auto page = b.ask(text, size, token);
        REQUIRE(page);
        CHECK(text_of(*page) == expected);
        token = page->continuation;
    }
}

TEST_CASE("paging: the last selected row is known as such, whatever follows it") {
    query_bench b;
    for (int i = 0; i < 1000; ++i) {
        b.put({b.numbered(i), ""}, {{"rare", i == 3 || i == 5}});
    }
    const auto first = b.ask("SELECT deviceId FROM devices WHERE tags.rare = true", 1);
    CHECK(text_of(*first) == "d00003 …");
    const auto last =
        b.ask("SELECT deviceId FROM devices WHERE tags.rare = true", 1, first->continuation);
    CHECK(text_of(*last) == "d00005");
}

TEST_CASE("paging: twins come by the hundred, projections by the thousand at most") {
    query_bench b;
    b.put_devices(1100);
    const auto size_of = [&](const char* text, std::size_t asked) {
        return b.ask(text, asked)->rows.size();
    };
    constexpr std::size_t huge = std::numeric_limits<std::size_t>::max();
    CHECK(size_of("SELECT * FROM devices", 100) == 100);
    CHECK(size_of("SELECT * FROM devices", huge) == 100);
    CHECK(size_of("SELECT deviceId FROM devices", 100) == 100);
    CHECK(size_of("SELECT deviceId FROM devices", 1000) == 1000);
    CHECK(size_of("SELECT deviceId FROM devices", huge) == 1000);
    CHECK(size_of("SELECT deviceId FROM devices", 0) == 1);
    CHECK(b.all("SELECT * FROM devices", 77).size() == 1100);
}

TEST_CASE("paging: a page that has much to say ends early") {
    query_bench b;
    const std::string long_text(4000, 'x');
    json tags = json::object();
    for (int i = 0; i < 30; ++i) {
        tags["t" + std::to_string(i)] = long_text; // about 120 KB
    }
    for (int i = 0; i < 60; ++i) {
        b.put({b.numbered(i), ""}, tags);
    }
    const auto page = b.ask("SELECT * FROM devices");
    CHECK(page->rows.size() < 40);
    CHECK_FALSE(page->continuation.empty());
    CHECK(b.all("SELECT * FROM devices").size() == 60);
}

TEST_CASE("paging: TOP counts over all pages") {
    query_bench b;
    b.put_devices(10);
    const auto [top, size, expected, pages] = GENERATE(table<int, std::size_t, std::size_t, int>({
        {1, 100, 1, 1},
        {5, 100, 5, 1},
        {5, 5, 5, 1},
        {5, 2, 5, 3},
        {9, 3, 9, 3},
        {10, 5, 10, 2},
        {99, 4, 10, 3},
    }));
    const std::string text = "SELECT TOP " + std::to_string(top) + " * FROM devices";
    std::size_t rows = 0;
    int count = 0;
    std::string token;
    do {
        const auto page = b.ask(text, size, token);
        rows += page->rows.size();
        token = page->continuation;
        ++count;
    } while (!token.empty());
    CHECK(rows == expected);
    CHECK(count == pages);
}

TEST_CASE("paging: modules, and a scan by names") {
    query_bench b;
    for (const char* device : {"a", "b", "c"}) {
        b.put({device, ""});
        b.put({device, "m1"});
        b.put({device, "m2"});
    }
    const auto page = GENERATE(1u, 2u, 3u, 5u);
    CHECK(ids_of(b.all("SELECT * FROM devices.modules", page)) == "a/m1 a/m2 b/m1 b/m2 c/m1 c/m2");
    CHECK(ids_of(b.all("SELECT * FROM devices.modules WHERE deviceId IN ['c','a']", page)) ==
          "a/m1 a/m2 c/m1 c/m2");
    CHECK(ids_of(b.all("SELECT * FROM devices WHERE deviceId IN ['c','x','a']", page)) == "a c");
}

TEST_CASE("paging: a token goes with its query, as it was given") {
    query_bench b;
    b.put_devices(10);
    const std::string text = "SELECT * FROM devices";
    const std::string token = b.ask(text, 4)->continuation;
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                                  "=") == token.npos);
    CHECK(token.size() < 100);
    CHECK(text_of(*b.ask(text, 3, token)) == "d00004 d00005 d00006 …"); // of any size

    std::vector<std::string> altered{"x",
                                     "=",
                                     "AAAA",
                                     token + "A",
                                     token + token,
                                     "!" + token,
                                     token.substr(1),
                                     token.substr(0, token.size() - 4),
                                     std::string(10'000, 'A'),
                                     token + " "};
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string one = token;
        one[i] = one[i] == 'B' ? 'C' : 'B';
        if (one != token) {
            altered.push_back(one);
        }
    }
    for (const std::string& one : altered) {
        INFO(one);
        const auto refused = b.ask(text, 4, one);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::argument_invalid);
        CHECK(refused.error().message ==
              "The continuation token was altered or belongs to another query.");
    }
    for (const char* other : {"SELECT * FROM devices.modules", "select * from devices",
                              "SELECT * FROM devices ", "SELECT COUNT() AS n FROM devices"}) {
        CHECK_FALSE(b.ask(other, 4, token));
    }
}

TEST_CASE("paging: continuations hold any position") {
    using core::query::continuation;
    const continuation where =
        GENERATE(continuation{"", {}}, continuation{"d/m", {}}, continuation{"a b  c", 7},
                 continuation{" ", 0}, continuation{std::string("\0\xff\n;", 4), 99});
    const std::string token = core::query::write_continuation(where, "q");
    const auto read = core::query::read_continuation(token, "q");
    REQUIRE(read);
    CHECK(read->position == where.position);
    CHECK(read->top == where.top);
    CHECK_FALSE(core::query::read_continuation(token, "Q"));
}

TEST_CASE(
    "paging: nothing comes twice and nothing that stays is missed while the registry changes") {
    query_bench b;
    constexpr int count = 100'000;
    b.put_devices(count);
    std::set<std::string> seen;
    std::string token;
    int turn = 0;
    do {
        const auto page = b.ask("SELECT deviceId FROM devices", 1000, token);
        REQUIRE(page);
        for (const json& row : page->rows) {
            CHECK(seen.insert(row["deviceId"]).second);
        }
        token = page->continuation;
        // What was shown last goes, and so does something behind it and before it; others come.
        b.store.remove_identity({page->rows.back()["deviceId"], ""});
        b.store.remove_identity({b.numbered(turn * 1000 + 1500), ""});
        b.store.remove_identity({b.numbered(turn * 7), ""});
        b.put({b.numbered(turn * 1000 + 1700) + "-new", ""});
        b.put({"0-new" + std::to_string(turn), ""});
        b.end_turn();
        ++turn;
    } while (!token.empty());
    for (int i = 0; i < count; ++i) {
        const bool may_be_gone = i % 1000 == 500 && i >= 1500;
        if (!may_be_gone && !seen.contains(b.numbered(i))) {
            FAIL("missed " << i);
        }
    }
    CHECK(seen.contains("d01700-new"));
    CHECK(seen.contains("d50700-new"));
    CHECK_FALSE(seen.contains("0-new5"));
    CHECK_FALSE(seen.contains("d50500")); // it went before its turn came
}

TEST_CASE("paging: on disk as in memory, and over a restart") {
    temporary_folder folder;
    query_bench b(storage::open_sqlite_store(folder.path(), storage::durability::process).value());
    for (const char* device : {"B", "a", "b", "é", "a-1", "a.1"}) {
        b.put({device, ""});
        b.put({device, "m"});
    }
    b.end_turn();
    const std::string expected = "B a a-1 a.1 b é";
    CHECK(ids_of(b.all("SELECT * FROM devices", 2)) == expected);
    CHECK(ids_of(b.all("SELECT * FROM devices.modules", 4)) == "B/m a/m a-1/m a.1/m b/m é/m");
    const auto first = b.ask("SELECT * FROM devices", 3);
    b.store.remove_identity({"a-1", ""});
    b.store.remove_identity({"a.1", ""});
    b.end_turn();
    b.start();
    CHECK(ids_of(b.ask("SELECT * FROM devices", 3, first->continuation)->rows) == "b é");
}

TEST_CASE("paging: jobs of devices") {
    query_bench b;
    for (int job = 0; job < 3; ++job) {
        for (int device = 0; device < 5; ++device) {
            const std::string id = "j" + std::to_string(job);
            const identity_key key{b.numbered(device), ""};
            b.store.put_record(
                core::device_job_record(id, key),
                json{{"jobId", id}, {"deviceId", key.device_id}, {"status", "scheduled"}}.dump());
        }
    }
    b.store.put_record("job-devicf/x", "{}");
    b.store.put_record("jobs/j1", "{}");
    CHECK(b.all("SELECT * FROM devices.jobs", 2).size() == 15);
    CHECK(b.ask("SELECT * FROM devices.jobs", 1000)->rows.size() == 15);
    CHECK(b.ask("SELECT * FROM devices.jobs")->item_type == core::query::item_type::device_job);
    CHECK(ids_of(b.all("SELECT * FROM devices.jobs WHERE devices.jobs.jobId = 'j1'", 2)) ==
          "d00000 d00001 d00002 d00003 d00004");
    CHECK(b.rows_read_by([&] { b.ask("SELECT * FROM devices.jobs WHERE jobId = 'j1'"); }) == 5);
    CHECK(b.rows_read_by([&] {
        CHECK(b.ask("SELECT * FROM devices.jobs WHERE deviceId = 'd00003' AND jobId = 'j1'")
                  ->rows.size() == 1);
    }) == 1);
    CHECK(b.all("SELECT * FROM devices.jobs WHERE jobId = 'j1' AND deviceId = 'd0000'").empty());
    CHECK(b.all("SELECT * FROM devices.jobs WHERE jobId = 'j'").empty());
    CHECK(b.all("SELECT * FROM devices.jobs WHERE JobId IN ['j1','j2'] AND "
                "devices.jobs.deviceId = 'd00003'")
              .size() == 2);
}

TEST_CASE("paging: a record of a job that is damaged is a fault, not a hole") {
    query_bench b;
    b.store.put_record("job-device/j/d/", "{");
    const auto failed = b.ask("SELECT * FROM devices.jobs");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == errc::server_error);
    CHECK(failed.error().detail == "the record job-device/j/d/ is damaged");
}
