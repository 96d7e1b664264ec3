#include "rest_world.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr const char* content = R"({"deviceContent":{"properties.desired.a":1}})";

std::string body(const std::string& more = {}) {
    return std::string(R"({"content":)") + content + more + "}";
}

struct configured_world : rest_world {
    // Turns and what is due, until nothing is.
    void work() {
        settle();
        for (int i = 0; i < 1'000 && hub.next_deadline() && *hub.next_deadline() <= clock.now();
             ++i) {
            hub.advance();
            hub.end_turn();
            settle();
        }
    }

    // As ask(), for an answer that may have to wait for metrics.
    answer ask_and_wait(std::string_view method, std::string_view path) {
        stream->deliver(request(method, path));
        work();
        const auto answers = read_answers(stream->take_sent());
        REQUIRE(answers.size() == 1);
        return answers.front();
    }

    std::string add_configuration(const std::string& id, const std::string& more = {}) {
        const answer made = ask("PUT", "/configurations/" + id, body(more));
        INFO(made.body);
        REQUIRE(made.status == 200);
        work();
        return made.document()["etag"];
    }

    void add_edge(const std::string& id) {
        REQUIRE(ask("PUT", "/devices/" + id, R"({"capabilities":{"iotEdge":true}})").status == 200);
    }
};

} // namespace

TEST_CASE("configurations: a new one's document, letter by letter") {
    configured_world w;
    const answer made =
        w.ask("PUT", "/configurations/c1",
              R"({"id":"c1","labels":{"HostPlatform":"SomeValue"},"content":{"deviceContent":)"
              R"({"properties.desired.key":"value"}},"targetCondition":"*","priority":580374961})",
              "If-Match: \"\"\r\n");
    CHECK(made.status == 200);
    CHECK(made.header("ETag") == "\"MQ==\"");
    CHECK(made.header("Content-Type") == "application/json; charset=utf-8");
    const std::string expected =
        R"({"id":"c1","schemaVersion":null,"labels":{"HostPlatform":"SomeValue"},"content":)"
        R"({"deviceContent":{"properties.desired.key":"value"}},"targetCondition":"*",)"
        R"("createdTimeUtc":"2026-01-02T03:04:05Z","lastUpdatedTimeUtc":"2026-01-02T03:04:05Z",)"
        R"("priority":580374961,"systemMetrics":{"results":{},"queries":{"targetedCount":)"
        R"("select deviceId from devices","appliedCount":"select deviceId from devices where )"
        R"(configurations.[[c1]].status = 'Applied'"}},"metrics":{"results":{},"queries":{}},)"
        R"("etag":"MQ=="})";
    CHECK(made.body == expected);

    const answer got = w.ask("GET", "/configurations/c1");
    CHECK(got.status == 200);
    CHECK(got.header("ETag") == "\"MQ==\"");
    CHECK(got.body == expected);
    CHECK(w.ask("GET", "/Configurations/c1/").body == expected);
}

TEST_CASE("configurations: the list is an array, whatever top says") {
    configured_world w;
    CHECK(w.ask("GET", "/configurations").body == "[]");
    for (const char* id : {"b", "a", "c"}) {
        w.add_configuration(id);
    }
    for (const char* path :
         {"/configurations", "/configurations/?top=1", "/configurations?top=x"}) {
        const answer all = w.ask("GET", path);
        CHECK(all.status == 200);
        REQUIRE(all.document().size() == 3);
        CHECK(all.document()[0]["id"] == "a");
        CHECK(all.header("ETag").empty());
    }
}

TEST_CASE("configurations: every form of If-Match that SDKs send with an update") {
    configured_world w;
    w.add_configuration("c1");
    const std::string field =
        GENERATE(as<std::string>{}, "*", "\"*\"", "MQ==", "\"MQ==\"", "W/\"MQ==\"");
    const answer updated =
        w.ask("PUT", "/configurations/c1", body(R"(,"priority":2)"), "If-Match: " + field + "\r\n");
    CHECK(updated.status == 200);
    CHECK(updated.document()["etag"] == "Mg==");
    CHECK(updated.header("ETag") == "\"Mg==\"");
    CHECK(updated.document()["priority"] == 2);
}

TEST_CASE("configurations: a PUT creates only once, and updates only what is there") {
    configured_world w;
    const answer missing = w.ask("PUT", "/configurations/c1", body(), "If-Match: *\r\n");
    CHECK(missing.status == 404);
    CHECK(missing.code() == "ConfigurationNotFound");
    w.add_configuration("c1");
    const std::string field = GENERATE(as<std::string>{}, "", "If-Match: \"\"\r\n");
    const answer again = w.ask("PUT", "/configurations/c1", body(R"(,"etag":"MQ==")"), field);
    CHECK(again.status == 409);
    CHECK(again.code() == "ConfigurationAlreadyExists");
    CHECK(again.document()["Message"].get<std::string>().starts_with(
        "ErrorCode:ConfigurationAlreadyExists;"));
    const answer stale = w.ask("PUT", "/configurations/c1", body(), "If-Match: \"Mg==\"\r\n");
    CHECK(stale.status == 412);
    CHECK(stale.code() == "PreconditionFailed");
}

TEST_CASE("configurations: an update needs a content and takes no other one over") {
    configured_world w;
    w.add_configuration("c1");
    const answer without =
        w.ask("PUT", "/configurations/c1", R"({"priority":1})", "If-Match: *\r\n");
    CHECK(without.status == 400);
    CHECK(without.code() == "InvalidConfigurationContent");
    const answer other =
        w.ask("PUT", "/configurations/c1",
              R"({"content":{"deviceContent":{"properties.desired.other":2}}})", "If-Match: *\r\n");
    CHECK(other.status == 200);
    CHECK(other.document()["content"].dump() == content);
}

TEST_CASE("configurations: deleting") {
    configured_world w;
    const auto erase = [&w](std::string_view more) {
        return w.ask("DELETE", "/configurations/c1", "", more);
    };
    CHECK(erase("").status == 404);
    CHECK(erase("If-Match: *\r\n").code() == "ConfigurationNotFound");
    w.add_configuration("c1");
    CHECK(erase("If-Match: \"Mg==\"\r\n").status == 412);
    const answer gone = erase(GENERATE("", "If-Match: *\r\n", "If-Match: MQ==\r\n"));
    CHECK(gone.status == 204);
    CHECK(gone.body.empty());
    const answer missing = w.ask("GET", "/configurations/c1");
    CHECK(missing.status == 404);
    CHECK(missing.code() == "ConfigurationNotFound");
}

TEST_CASE("configurations: what breaks a rule is refused") {
    configured_world w;
    const auto [id, text, code] = GENERATE(table<std::string, std::string, std::string>({
        {"c1", "", "ArgumentInvalid"},
        {"c1", "[]", "ArgumentInvalid"},
        {"c1", "{", "ArgumentInvalid"},
        {"c1", body(R"(,"id":"c2")"), "ArgumentInvalid"},
        {"C1", body(), "ArgumentInvalid"},
        {"c.1", body(), "ArgumentInvalid"},
        {std::string(129, 'c'), body(), "ArgumentInvalid"},
        {"c1", body(R"(,"priority":"high")"), "ArgumentInvalid"},
        {"c1", body(R"(,"labels":{"a":1})"), "ArgumentInvalid"},
        {"c1", "{}", "InvalidConfigurationContent"},
        {"c1", R"({"content":{}})", "InvalidConfigurationContent"},
        {"c1", R"({"content":{"deviceContent":{"tags.a":1}}})", "InvalidConfigurationContent"},
        {"c1", R"({"content":{"modulesContent":{"$edgeHub":{}}}})", "InvalidConfigurationContent"},
        {"c1", body(R"(,"targetCondition":"status = 'enabled'")"),
         "InvalidConfigurationTargetCondition"},
        {"c1", body(R"(,"targetCondition":"tags.a =")"), "InvalidConfigurationTargetCondition"},
        {"c1", body(R"(,"metrics":{"queries":{"n":"select"}})"),
         "InvalidConfigurationCustomMetricsQuery"},
    }));
    const answer refused = w.ask("PUT", "/configurations/" + id, text);
    INFO(text);
    CHECK(refused.status == 400);
    CHECK(refused.code() == code);
    CHECK(w.ask("GET", "/configurations").body == "[]");
}

TEST_CASE("configurations: the hundredth is the last") {
    configured_world w;
    for (int i = 0; i < 100; ++i) {
        REQUIRE(w.ask("PUT", "/configurations/c" + std::to_string(i), body()).status == 200);
    }
    const answer refused = w.ask("PUT", "/configurations/more", body());
    CHECK(refused.status == 413);
    CHECK(refused.code() == "ConfigurationCountLimitExceeded");
}

TEST_CASE("configurations: they are applied, seen in the twin, counted and found by queries") {
    configured_world w;
    w.add("/devices/d");
    w.add("/devices/e");
    w.ask("PATCH", "/twins/d", R"({"tags":{"floor":1}})");
    w.add_configuration("c1",
                        R"(,"targetCondition":"tags.floor = 1","metrics":{"queries":)"
                        R"({"all":"select deviceId from devices","here":"select deviceId from )"
                        R"(devices where configurations.[[c1]].status = 'Applied'"}})");
    const json d = w.ask("GET", "/twins/d").document();
    CHECK(d["configurations"].dump() == R"({"c1":{"status":"Applied"}})");
    CHECK(d["properties"]["desired"]["a"] == 1);
    CHECK_FALSE(w.ask("GET", "/twins/e").document().contains("configurations"));

    const json c = w.ask_and_wait("GET", "/configurations/c1").document();
    CHECK(c["systemMetrics"]["results"].dump() == R"({"targetedCount":1,"appliedCount":1})");
    CHECK(c["metrics"]["results"].dump() == R"({"all":2,"here":1})");
    CHECK(w.ask_and_wait("GET", "/configurations").document()[0] == c);
}

TEST_CASE("configurations: a tag moves a device in the turn that sets it") {
    configured_world w;
    w.add("/devices/d");
    w.add_configuration("c1", R"(,"targetCondition":"tags.floor = 1")");
    w.ask("PATCH", "/twins/d", R"({"tags":{"floor":1}})");
    CHECK(w.ask("GET", "/twins/d").document()["properties"]["desired"]["a"] == 1);
}

TEST_CASE("configurations: queries are tested") {
    configured_world w;
    const auto test = [&w](std::string_view text) {
        return w.ask("POST", "/configurations/testQueries", text);
    };
    const answer good = test(R"({"targetCondition":"tags.a = 1","customMetricQueries":)"
                             R"({"n":"select deviceId from devices"}})");
    CHECK(good.status == 200);
    CHECK(good.body == R"({"targetConditionError":null,"customMetricQueryErrors":{"n":null}})");
    const answer bad = test(R"({"targetCondition":"*","customMetricQueries":{"n":"select"}})");
    CHECK(bad.status == 200);
    CHECK(bad.document()["targetConditionError"].is_string());
    CHECK(bad.document()["customMetricQueryErrors"]["n"].is_string());
    CHECK(test("[]").status == 400);
    CHECK(test(R"({"targetCondition":1})").status == 400);
    CHECK(w.ask("GET", "/configurations/testQueries").status == 404);
}

TEST_CASE("configurations: a manifest for one Edge device") {
    configured_world w;
    w.add_edge("edge");
    w.add("/devices/leaf");
    const std::string manifest =
        R"({"modulesContent":{"$edgeAgent":{"properties.desired":{"schemaVersion":"1.1"}},)"
        R"("$edgeHub":{"properties.desired":{"routes":{}}},"m":{"properties.desired":{"x":1}}}})";
    const answer applied = w.ask("POST", "/devices/edge/applyConfigurationContent", manifest);
    CHECK(applied.status == 204);
    CHECK(applied.body.empty());
    const auto desired = [&w](const char* path) {
        return w.ask("GET", path).document()["properties"]["desired"];
    };
    CHECK(desired("/twins/edge/modules/$edgeAgent")["schemaVersion"] == "1.1");
    CHECK(desired("/twins/edge/modules/m")["x"] == 1);
    CHECK(w.ask("GET", "/devices/edge/modules/m").document()["managedBy"] == "iotEdge");

    const answer leaf = w.ask("POST", "/devices/leaf/applyConfigurationContent", manifest);
    CHECK(leaf.status == 400);
    CHECK(leaf.code() == "ArgumentInvalid");
    CHECK(w.ask("POST", "/devices/none/applyConfigurationContent", manifest).code() ==
          "DeviceNotFound");
    CHECK(w.ask("POST", "/devices/edge/applyConfigurationContent", content).code() ==
          "InvalidConfigurationContent");
    CHECK(w.ask("POST", "/devices/edge/applyConfigurationContent", "").status == 400);
}

TEST_CASE("configurations: they take the permission of services") {
    configured_world w;
    w.add_configuration("c1");
    const auto [method, path] = GENERATE(table<std::string, std::string>({
        {"GET", "/configurations"},
        {"GET", "/configurations/c1"},
        {"PUT", "/configurations/c2"},
        {"DELETE", "/configurations/c1"},
        {"POST", "/configurations/testQueries"},
        {"POST", "/devices/d/applyConfigurationContent"},
    }));
    const std::string wrong = "Authorization: " + token_of("registryReadWrite") + "\r\n";
    INFO(method << " " << path);
    CHECK(w.ask(method, path, "{}", wrong).status == 401);
    const std::string right = "Authorization: " + token_of("service") + "\r\n";
    CHECK(w.ask(method, path, "{}", right).status != 401);
}
