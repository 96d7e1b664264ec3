#include "emulator/core/jobs/device_job_records.hpp"
#include "rest_world.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

const std::string path = "/devices/query";

std::string body_of(std::string_view query) {
    return json{{"query", query}}.dump();
}

std::string page_of(std::string_view size, std::string_view token = {}) {
    std::string more;
    if (!size.empty()) {
        more.append("x-ms-max-item-count: ").append(size).append("\r\n");
    }
    if (!token.empty()) {
        more.append("x-ms-continuation: ").append(token).append("\r\n");
    }
    return more;
}

struct query_world : rest_world {
    query_world() {
        for (const char* id : {"/devices/a", "/devices/b", "/devices/b/modules/m", "/devices/c"}) {
            add(id);
        }
        ask("PATCH", "/twins/b", R"({"tags":{"room":"x"}})");
    }

    answer query(std::string_view text, std::string_view more = {}) {
        return ask("POST", path, body_of(text), more);
    }
};

} // namespace

TEST_CASE("queries: the answer is an array, its type in a header field, and no token at the end") {
    query_world w;
    const answer twins = w.query("SELECT * FROM devices WHERE tags.room = 'x'");
    CHECK(twins.status == 200);
    CHECK(twins.header("x-ms-item-type") == "Twin");
    CHECK(twins.headers.find("x-ms-continuation") == nullptr);
    CHECK(twins.header("Content-Type") == "application/json; charset=utf-8");
    CHECK(twins.body == "[" + w.ask("GET", "/twins/b").body + "]");

    const answer rows = w.query("SELECT deviceId AS id, tags.room FROM devices");
    CHECK(rows.header("x-ms-item-type") == "Raw");
    CHECK(rows.body == R"([{"id":"a"},{"id":"b","room":"x"},{"id":"c"}])");

    const answer none = w.query("SELECT * FROM devices WHERE deviceId = 'x'");
    CHECK(none.status == 200);
    CHECK(none.body == "[]");
    CHECK(none.header("x-ms-item-type") == "Twin");

    const answer count = w.query("SELECT COUNT() AS n FROM devices");
    CHECK(count.body == R"([{"n":3}])");
    CHECK(count.header("x-ms-item-type") == "Raw");
}

TEST_CASE("queries: a module's row has the capabilities of its device, its twin has not") {
    query_world w;
    const json row = w.query("SELECT * FROM devices.modules").document().at(0);
    CHECK(row["moduleId"] == "m");
    CHECK(row["capabilities"].dump() == R"({"iotEdge":false})");
    json twin = w.ask("GET", "/twins/b/modules/m").document();
    CHECK_FALSE(twin.contains("capabilities"));
    json same = row;
    same.erase("capabilities");
    CHECK(same == twin);
}

TEST_CASE("queries: jobs of devices") {
    query_world w;
    const std::string job = R"({"jobId":"j","jobType":"scheduleUpdateTwin","deviceId":"a"})";
    w.store.put_record(core::device_job_record("j", {"a", ""}), job);
    const answer jobs = w.query("SELECT * FROM devices.jobs WHERE devices.jobs.jobId = 'j'");
    CHECK(jobs.header("x-ms-item-type") == "DeviceJob");
    CHECK(jobs.body == "[" + job + "]");
}

TEST_CASE("queries: pages, by the header fields of SDKs") {
    query_world w;
    const std::string text = GENERATE("SELECT * FROM devices", "SELECT deviceId FROM devices");
    const answer first = w.query(text, page_of("2"));
    CHECK(first.document().size() == 2);
    const std::string token = first.header("x-ms-continuation");
    CHECK_FALSE(token.empty());
    const answer last = w.query(text, page_of("2", token));
    CHECK(last.status == 200);
    CHECK(last.document().size() == 1);
    CHECK(last.document()[0]["deviceId"] == "c");
    CHECK(last.headers.find("x-ms-continuation") == nullptr);
    CHECK_FALSE(last.header("x-ms-item-type").empty());
    CHECK(w.query(text, page_of("3")).headers.find("x-ms-continuation") == nullptr);
    CHECK(w.query(text, "X-MS-MAX-ITEM-COUNT: 1\r\n").document().size() == 1);
}

TEST_CASE("queries: sizes that no page has mean all that one can have") {
    query_world w;
    const std::string size = GENERATE("4", "1000000", "99999999999999999999999");
    const answer all = w.query("SELECT * FROM devices", page_of(size));
    CHECK(all.status == 200);
    CHECK(all.document().size() == 3);
}

TEST_CASE("queries: what is no size or token of the query is refused") {
    query_world w;
    const std::string text = "SELECT * FROM devices";
    const std::string token = w.query(text, page_of("1")).header("x-ms-continuation");
    const std::string more =
        GENERATE_COPY(page_of("0"), page_of("-1"), page_of("abc"), page_of("1.5"), page_of("1 2"),
                      page_of("+1"), page_of("0x10"), std::string("x-ms-max-item-count:\r\n"),
                      page_of("1", "x"), page_of("1", token + "A"), page_of("1", token.substr(4)),
                      page_of("1", "%00"), page_of("1", std::string(5000, 'A')));
    const answer refused = w.query(text, more);
    INFO(more.substr(0, 60));
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    CHECK(w.query("SELECT * FROM devices ", page_of("1", token)).status == 400); // another query
    CHECK(w.query(text, page_of("1", token)).status == 200);
}

TEST_CASE("queries: an empty token is none") {
    query_world w;
    CHECK(w.query("SELECT * FROM devices", "x-ms-continuation:\r\n").document().size() == 3);
}

TEST_CASE("queries: a mistake is told with its place, in one sentence") {
    query_world w;
    const answer refused = w.query("SELECT * FORM devices");
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    const std::string message = refused.document()["Message"];
    CHECK(message.starts_with("ErrorCode:ArgumentInvalid;"));
    CHECK(message.find("character 10") != message.npos);
    CHECK(message.find("FORM") != message.npos);
    CHECK(std::ranges::count(message, ';') == 1);
    CHECK(refused.document().contains("ExceptionMessage"));
}

TEST_CASE("queries: bad bodies and bad queries are refused, and change nothing") {
    query_world w;
    const std::string parentheses(20'000, '(');
    const std::string body = GENERATE_COPY(
        std::string(), std::string("{}"), std::string("[]"), std::string(R"("SELECT")"),
        std::string(R"({"query":null})"), std::string(R"({"query":5})"),
        std::string(R"({"query":["SELECT * FROM devices"]})"),
        std::string(R"({"Query":"SELECT * FROM devices"})"), std::string(R"({"query":"SELECT)"),
        body_of(""), body_of(" "), body_of("SELECT"), body_of("SELECT *"), body_of("*"),
        body_of("SELECT * FROM devices; DROP TABLE identity"), body_of("SELECT * FROM identity"),
        body_of("SELECT * FROM devices WHERE deviceId = 'x"),
        body_of("SELECT * FROM devices -- comment"), body_of("SELECT * FROM devices /* comment"),
        body_of("SELECT * FROM devices WHERE nothing(deviceId)"),
        body_of("SELECT * FROM devices ORDER BY deviceId"),
        body_of("SELECT * FROM devices a JOIN b IN a"), body_of("DELETE FROM devices"),
        body_of("SELECT * FROM (SELECT * FROM devices)"),
        body_of("SELECT * FROM devices WHERE " + parentheses),
        body_of("SELECT * FROM devices WHERE " + parentheses + "1" + std::string(20'000, ')')),
        body_of("SELECT * FROM devices WHERE deviceId = '" + std::string(1'000'000, 'x') + "'"));
    const answer refused = w.ask("POST", path, body);
    INFO(body.substr(0, 80));
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    CHECK(refused.body.size() < 1000);
    CHECK(w.query("SELECT COUNT() AS n FROM devices").body == R"([{"n":3}])");
}

TEST_CASE("queries: the path in any case and with a slash at its end") {
    query_world w;
    const std::string where = GENERATE("/devices/query/", "/Devices/Query", "/devices/query?x=1");
    CHECK(w.ask("POST", where, body_of("SELECT * FROM devices")).status == 200);
    CHECK(w.ask("GET", "/devices/query").status == 404); // a device of that name
}

TEST_CASE("queries: for services only") {
    query_world w;
    const auto status = [&](std::string_view policy) {
        return w.query("SELECT * FROM devices", "Authorization: " + token_of(policy) + "\r\n")
            .status;
    };
    CHECK(status("service") == 200);
    CHECK(status("iothubowner") == 200);
    CHECK(status("registryRead") >= 401);
    CHECK(status("device") >= 401);
}

TEST_CASE("queries: a long one is answered in a later turn, and other requests before it") {
    query_world w;
    for (int i = 0; i < 1200; ++i) {
        const identity_key key{"n" + std::to_string(i), ""};
        core::identity one;
        one.key = key;
        w.kept.put_identity(one);
        w.kept.put_twin(core::make_twin(key, never));
    }
    const std::string none = "SELECT * FROM devices WHERE status = 'none'";
    CHECK(w.exchange(rest_world::request("POST", path, body_of(none))).empty());
    std::string sent;
    for (int turn = 0; turn < 10 && sent.empty(); ++turn) {
        w.hub.advance();
        w.settle();
        sent = w.stream->take_sent();
    }
    const auto answers = read_answers(sent);
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].body == "[]");
    CHECK(answers[0].header("x-ms-item-type") == "Twin");
}

TEST_CASE("queries: a client that went away does no harm") {
    query_world w;
    for (int i = 0; i < 1200; ++i) {
        core::identity one;
        one.key = {"n" + std::to_string(i), ""};
        w.kept.put_identity(one);
    }
    const std::string none = "SELECT * FROM devices WHERE deviceId = moduleId";
    CHECK(w.exchange(rest_world::request("POST", path, body_of(none))).empty());
    w.connect();
    for (int turn = 0; turn < 10 && w.hub.next_deadline(); ++turn) {
        w.hub.advance();
        w.settle();
    }
    CHECK_FALSE(w.hub.next_deadline());
    CHECK(w.stream->take_sent().empty());
    CHECK(w.query("SELECT COUNT() AS n FROM devices").status == 200);
}

TEST_CASE("queries: a broken disk is the hub's fault, and its log says so") {
    query_world w;
    w.store.reads_fail = true;
    const answer failed = w.query("SELECT * FROM devices");
    CHECK(failed.status == 500);
    CHECK(w.log.mentions("the disk is broken"));
}
