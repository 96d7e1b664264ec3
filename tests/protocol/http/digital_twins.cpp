// Digital twins and their commands over REST (service API §1.3 rows 37–40, §1.5).
#include "rest_world.hpp"

#include "support/catch.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct twin_world : rest_world {
    twin_world() {
        add("/devices/d");
        add("/devices/d/modules/m");
        report(R"({"serial":"s","thermostat1":{"__t":"c","max":25.5}})");
    }

    void report(const char* patch) {
        REQUIRE(hub.twins().report(device, json::parse(patch), std::nullopt));
    }

    answer patch(std::string_view operations, std::string_view more = {}) {
        return ask("PATCH", "/digitaltwins/d", operations, more);
    }

    std::string desired() { return hub.twins().get(device)->desired.values->dump(); }

    // A command that the device has got and not answered yet.
    recording_link::method command(std::string_view path, std::string_view body = {}) {
        const std::size_t before = link.calls.size();
        CHECK(exchange(request("POST", path, body)).empty());
        REQUIRE(link.calls.size() == before + 1);
        return link.calls.back();
    }

    answer settled() {
        settle();
        const auto answers = read_answers(stream->take_sent());
        REQUIRE(answers.size() == 1);
        return answers.front();
    }

    const identity_key device{"d", ""};
    recording_link link;
};

constexpr auto set_target = R"([{"op":"add","path":"/thermostat1/target","value":21.5}])";

} // namespace

TEST_CASE("digital twins: read with the twin's etag") {
    twin_world w;
    const answer a = w.ask("GET", "/digitaltwins/d");
    CHECK(a.status == 200);
    CHECK(a.body ==
          R"({"$dtId":"d","$metadata":{"$model":"",)"
          R"("serial":{"lastUpdateTime":"2026-01-02T03:04:05Z"}},"serial":"s",)"
          R"("thermostat1":{"$metadata":{"max":{"lastUpdateTime":"2026-01-02T03:04:05Z"}},)"
          R"("max":25.5}})");
    CHECK(a.header("ETag") == R"("AAAAAAAAAAE=")");
    CHECK(a.header("Content-Type") == "application/json; charset=utf-8");
}

TEST_CASE("digital twins: patched, the device is told, the answer says where and what etag") {
    twin_world w;
    w.hub.sessions().connect(w.device, w.link);
    const answer a = w.patch(set_target);
    CHECK(a.status == 202);
    CHECK(a.body.empty());
    CHECK(a.header("Content-Type").empty());
    CHECK(a.header("ETag") == R"("AAAAAAAAAAI=")");
    CHECK(a.header("Location") == "https://localhost/digitaltwins/d?api-version=2021-04-12");
    REQUIRE(w.link.updates.size() == 1);
    CHECK(w.link.updates[0].patch == R"({"thermostat1":{"__t":"c","target":21.5},"$version":2})");
    const json read = w.ask("GET", "/digitaltwins/d").document();
    CHECK(read.at("thermostat1").at("$metadata").at("target").dump() ==
          R"({"desiredValue":21.5,"desiredVersion":2})");
}

TEST_CASE("digital twins: Java says POST and means PATCH") {
    twin_world w;
    CHECK(
        w.ask("POST", "/digitaltwins/d", set_target, "X-HTTP-Method-Override: PATCH\r\n").status ==
        202);
    CHECK(w.desired() == R"({"thermostat1":{"__t":"c","target":21.5}})");
}

TEST_CASE("digital twins: If-Match in every form") {
    twin_world w;
    const char* good = GENERATE("*", R"("*")", R"("")", R"("AAAAAAAAAAE=")", "AAAAAAAAAAE=");
    CHECK(w.patch(set_target, "If-Match: " + std::string(good) + "\r\n").status == 202);
    const answer stale = w.patch(set_target, "If-Match: \"AAAAAAAAAAE=\"\r\n");
    CHECK(stale.status == 412);
    CHECK(stale.code() == "PreconditionFailed");
    CHECK(w.hub.twins().get(w.device)->desired.version == 2);
}

TEST_CASE("digital twins: patches that are refused, each with its code, change nothing") {
    twin_world w;
    const auto [body, code] = GENERATE(table<std::string, std::string>({
        {"", "InvalidDigitalTwinJsonPatch"},
        {"{", "InvalidDigitalTwinJsonPatch"},
        {R"({"op":"add","path":"/a","value":1})", "InvalidDigitalTwinJsonPatch"},
        {R"([{"op":"move","path":"/a","from":"/b"}])", "InvalidDigitalTwinJsonPatch"},
        {R"([{"op":"add","path":"/a"}])", "InvalidDigitalTwinJsonPatch"},
        {R"([{"op":"add","path":"/a","value":null}])", "InvalidDigitalTwinPayload"},
        {R"([{"op":"add","path":"/c/d","value":1}])", "InvalidDigitalTwinPatch"},
        {R"([{"op":"add","path":"a","value":1}])", "InvalidDigitalTwinPatchPath"},
        {R"([{"op":"add","path":"/$metadata/a","value":1}])", "InvalidDigitalTwinPatchPath"},
        {R"([{"op":"add","path":"/serial/x","value":1}])", "ArgumentInvalid"},
        {R"([{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"}])",
         "InvalidDigitalTwinPatch"},
    }));
    INFO(body);
    const answer a = w.patch(body);
    CHECK(a.status == 400);
    CHECK(a.code() == code);
    CHECK(a.document().at("Message").get<std::string>().starts_with("ErrorCode:" + code + ";"));
    CHECK(w.desired() == "{}");
}

TEST_CASE("digital twins: a value that a twin may not hold") {
    twin_world w;
    const answer a =
        w.patch(R"([{"op":"add","path":"/a","value":")" + std::string(5000, 'x') + R"("}])");
    CHECK(a.status == 400);
    CHECK(a.code() == "ArgumentInvalid");
}

TEST_CASE("digital twins: unknown devices, other methods, other policies") {
    twin_world w;
    for (const char* method : {"GET", "PATCH"}) {
        const answer unknown = w.ask(method, "/digitaltwins/none", set_target);
        CHECK(unknown.status == 404);
        CHECK(unknown.code() == "DeviceNotFound");
    }
    CHECK(w.ask("POST", "/digitaltwins/none/commands/reboot").code() == "DeviceNotFound");
    const answer other = w.ask("PUT", "/digitaltwins/d", "{}");
    CHECK(other.status == 405);
    CHECK(other.header("Allow") == "GET, PATCH");
    const std::string registry = "Authorization: " + token_of("registryReadWrite") + "\r\n";
    CHECK(w.ask("GET", "/digitaltwins/d", {}, registry).status == 401);
    CHECK(w.patch(set_target, registry).status == 401);
    CHECK(w.ask("POST", "/digitaltwins/d/commands/reboot", {}, registry).status == 401);
    CHECK(w.ask("GET", "/digitaltwins/d", {}, "Authorization: " + token_of("service") + "\r\n")
              .status == 200);
}

TEST_CASE("digital twins: a turn that is not kept acknowledges nothing") {
    twin_world w;
    w.hub.end_turn();
    w.store.commits_fail = true;
    CHECK(w.patch(set_target).status == 500);
    w.store.commits_fail = false;
    CHECK(w.desired() == "{}");
}

TEST_CASE("commands: of the root, with the device's payload and status in the answer") {
    twin_world w;
    w.hub.sessions().connect(w.device, w.link);
    const auto called = w.command("/digitaltwins/d/commands/reboot", R"({ "delay": [1, 2.0] })");
    CHECK(called.name == "reboot");
    CHECK(called.payload == R"({"delay":[1,2.0]})");
    w.hub.methods().answer(w.device, called.request_id, {201, R"({"b":1,"a":2.0})"});
    const answer a = w.settled();
    CHECK(a.status == 200);
    CHECK(a.body == R"({"b":1,"a":2.0})");
    CHECK(a.header("x-ms-command-statuscode") == "201");
    CHECK(a.header("x-ms-request-id").size() == 36);
    CHECK(a.header("Content-Type") == "application/json; charset=utf-8");
}

TEST_CASE("commands: of a component") {
    twin_world w;
    w.hub.sessions().connect(w.device, w.link);
    const auto called =
        w.command("/digitaltwins/d/components/thermostat1/commands/getMaxMinReport", "\"since\"");
    CHECK(called.name == "thermostat1*getMaxMinReport");
    CHECK(called.payload == "\"since\"");
    w.hub.methods().answer(w.device, called.request_id, {404, "null"});
    const answer a = w.settled();
    CHECK(a.status == 200);
    CHECK(a.header("x-ms-command-statuscode") == "404");
    CHECK(a.body == "null");
}

TEST_CASE("commands: without a payload, and without one in the answer") {
    twin_world w;
    w.hub.sessions().connect(w.device, w.link);
    const auto called = w.command("/digitaltwins/d/commands/reboot");
    CHECK(called.payload == "null");
    w.hub.methods().answer(w.device, called.request_id, {200, ""});
    const answer a = w.settled();
    CHECK(a.status == 200);
    CHECK(a.body.empty());
    CHECK(a.header("x-ms-command-statuscode") == "200");
}

TEST_CASE("commands: time-outs come with the address") {
    twin_world w;
    const answer offline =
        w.ask("POST", "/digitaltwins/d/commands/reboot?responseTimeoutInSeconds=10");
    CHECK(offline.status == 404);
    CHECK(offline.code() == "DeviceNotOnline");
    w.hub.sessions().connect(w.device, w.link);
    w.command("/digitaltwins/d/commands/reboot?connectTimeoutInSeconds=7&responseTimeoutInSeconds="
              "65");
    w.clock.advance(std::chrono::seconds(65));
    w.hub.advance();
    const answer late = w.settled();
    CHECK(late.status == 504);
    CHECK(late.code() == "GatewayTimeout");
    const json inner = json::parse(late.document().at("Message").get<std::string>());
    CHECK(inner.at("info").dump() == R"({"timeout":"00:01:05"})");
}

TEST_CASE("commands: a device that comes online in time") {
    twin_world w;
    CHECK(w.exchange(
               w.request("POST", "/digitaltwins/d/commands/reboot?connectTimeoutInSeconds=5", {}))
              .empty());
    w.hub.sessions().connect(w.device, w.link);
    w.hub.methods().online(w.device);
    REQUIRE(w.link.calls.size() == 1);
    w.hub.methods().answer(w.device, w.link.calls[0].request_id, {200, "1"});
    CHECK(w.settled().body == "1");
}

TEST_CASE("commands: requests that are refused reach no device") {
    twin_world w;
    w.hub.sessions().connect(w.device, w.link);
    const auto [rest, body, code] = GENERATE(table<std::string, std::string, std::string>({
        {"reboot", "{", "InvalidDigitalTwinPayload"},
        {"reboot", "not json", "InvalidDigitalTwinPayload"},
        {"reboot?connectTimeoutInSeconds=x", "", "ArgumentInvalid"},
        {"reboot?connectTimeoutInSeconds=", "", "ArgumentInvalid"},
        {"reboot?connectTimeoutInSeconds=-1", "", "ArgumentInvalid"},
        {"reboot?connectTimeoutInSeconds=99999999999", "", "ArgumentInvalid"},
        {"reboot?connectTimeoutInSeconds=31", "", "ArgumentInvalid"},
        {"reboot?responseTimeoutInSeconds=4", "", "ArgumentInvalid"},
        {"reboot?responseTimeoutInSeconds=301", "", "ArgumentInvalid"},
        {"reboot?responseTimeoutInSeconds=1.5", "", "ArgumentInvalid"},
        {std::string(129, 'x'), "", "ArgumentInvalid"},
    }));
    CAPTURE(rest, body);
    const answer a = w.ask("POST", "/digitaltwins/d/commands/" + rest, body);
    CHECK(a.status == 400);
    CHECK(a.code() == code);
    CHECK(w.link.calls.empty());
}

TEST_CASE("commands: a device that answers with what is not JSON, or leaves") {
    twin_world w;
    w.hub.sessions().connect(w.device, w.link);
    const auto called = w.command("/digitaltwins/d/commands/reboot");
    w.hub.methods().answer(w.device, called.request_id, {200, "{"});
    CHECK(w.settled().status == 502);
    w.command("/digitaltwins/d/commands/reboot");
    w.hub.sessions().disconnected(w.device, w.link);
    CHECK(w.settled().code() == "DeviceConnectionClosedRemotely");
}
