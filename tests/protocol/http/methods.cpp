// Direct methods over REST (service API §1.5, §4.1): requests of the SDKs, literal answers.
#include "device_world.hpp"

#include "support/catch.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// What Node sends.
constexpr auto node_call = R"({"methodName":"reboot","payload":null,"responseTimeoutInSeconds":30,)"
                           R"("connectTimeoutInSeconds":0})";

struct method_world : rest_world {
    method_world() {
        add("/devices/d");
        add("/devices/d/modules/m");
    }

    // Sends a request that is not answered yet.
    void invoke(std::string_view path, std::string_view body) {
        CHECK(exchange(request("POST", path, body)).empty());
    }

    // What has been answered since.
    answer settled() {
        settle();
        const auto answers = read_answers(stream->take_sent());
        REQUIRE(answers.size() == 1);
        return answers.front();
    }

    recording_link link;
};

json inner_message(const answer& a) {
    return json::parse(a.document().at("Message").get<std::string>());
}

} // namespace

TEST_CASE("methods: the answer of a module") {
    method_world w;
    w.hub.sessions().connect({"d", "m"}, w.link);
    w.invoke("/twins/d/modules/m/methods",
             R"({"methodName":"reboot","payload":{"delay":[1,2.0]}})");
    REQUIRE(w.link.calls.size() == 1);
    CHECK(w.link.calls[0].payload == R"({"delay":[1,2.0]})");
    w.hub.methods().answer({"d", "m"}, w.link.calls[0].request_id, {201, R"({"b":1,"a":2.0})"});
    const answer a = w.settled();
    CHECK(a.status == 200);
    CHECK(a.body == R"({"status":201,"payload":{"b":1,"a":2.0}})");
}

TEST_CASE("methods: no payload goes out as null, an empty answer comes back as null") {
    method_world w;
    w.hub.sessions().connect({"d", ""}, w.link);
    w.invoke("/twins/d/methods", node_call);
    CHECK(w.link.calls.at(0).payload == "null");
    w.hub.methods().answer({"d", ""}, w.link.calls[0].request_id, {200, ""});
    CHECK(w.settled().body == R"({"status":200,"payload":null})");
    w.invoke("/twins/d/methods", R"({"methodName":"m"})");
    CHECK(w.link.calls.at(1).payload == "null");
}

TEST_CASE("methods: a device that is not online") {
    method_world w;
    const answer a = w.ask("POST", "/twins/d/methods", node_call);
    CHECK(a.status == 404);
    CHECK(a.code() == "DeviceNotOnline");
    CHECK(a.document().at("ExceptionMessage") == "");
    const json inner = inner_message(a);
    CHECK(inner.at("errorCode") == 404103);
    CHECK(inner.at("info").dump() == "{}");
    CHECK(inner.at("trackingId").get<std::string>().size() > 32);
}

TEST_CASE("methods: no answer in time") {
    method_world w;
    w.hub.sessions().connect({"d", ""}, w.link);
    w.invoke("/twins/d/methods", R"({"methodName":"m","responseTimeoutInSeconds":65})");
    w.clock.advance(std::chrono::seconds(65));
    w.hub.advance();
    const answer a = w.settled();
    CHECK(a.status == 504);
    CHECK(a.code() == "GatewayTimeout");
    const json inner = inner_message(a);
    CHECK(inner.at("errorCode") == 504101);
    CHECK(inner.at("message") == "Timed out waiting for the response from device.");
    CHECK(inner.at("info").dump() == R"({"timeout":"00:01:05"})");
}

TEST_CASE("methods: an unknown device, a wrong answer, a device that leaves") {
    method_world w;
    const answer unknown = w.ask("POST", "/twins/none/methods", node_call);
    CHECK(unknown.status == 404);
    CHECK(unknown.code() == "DeviceNotFound");

    w.hub.sessions().connect({"d", ""}, w.link);
    w.invoke("/twins/d/methods", node_call);
    w.hub.methods().answer({"d", ""}, w.link.calls.back().request_id, {200, "{"});
    CHECK(w.settled().status == 502);

    w.invoke("/twins/d/methods", node_call);
    w.hub.sessions().disconnected({"d", ""}, w.link);
    const answer left = w.settled();
    CHECK(left.status == 404);
    CHECK(left.code() == "DeviceConnectionClosedRemotely");
}

TEST_CASE("methods: bodies that are refused") {
    method_world w;
    w.hub.sessions().connect({"d", ""}, w.link);
    for (const char* body : {"", "[]", "{", "{}", R"({"methodName":5})", R"({"methodName":""})",
                             R"({"methodName":"m","responseTimeoutInSeconds":4})",
                             R"({"methodName":"m","responseTimeoutInSeconds":99999999999999})",
                             R"({"methodName":"m","responseTimeoutInSeconds":"30"})",
                             R"({"methodName":"m","connectTimeoutInSeconds":-1})",
                             R"({"methodName":"m","connectTimeoutInSeconds":31})"}) {
        INFO(body);
        const answer a = w.ask("POST", "/twins/d/methods", body);
        CHECK(a.status == 400);
        CHECK(a.code() == "ArgumentInvalid");
    }
    const std::string large =
        R"({"methodName":"m","payload":")" + std::string(128 << 10, 'x') + "\"}";
    CHECK(w.ask("POST", "/twins/d/methods", large).status == 400);
    CHECK(w.link.calls.empty());
}

TEST_CASE("methods: requests behind a waiting one are answered in their order") {
    method_world w;
    w.hub.sessions().connect({"d", ""}, w.link);
    w.invoke("/twins/d/methods", node_call);
    CHECK(w.exchange(w.request("GET", "/devices/d")).empty());
    w.hub.methods().answer({"d", ""}, w.link.calls[0].request_id, {200, ""});
    w.settle();
    const auto answers = read_answers(w.stream->take_sent());
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].document().at("status") == 200);
    CHECK(answers[1].document().at("deviceId") == "d");
}

TEST_CASE("methods: only a policy that may connect as a service may call") {
    method_world w;
    w.hub.sessions().connect({"d", ""}, w.link);
    const std::string denied =
        w.exchange("POST /twins/d/methods?api-version=2021-04-12 HTTP/1.1\r\nHost: localhost\r\n"
                   "Authorization: " +
                   token_of("registryReadWrite") + "\r\nContent-Length: " +
                   std::to_string(std::string_view(node_call).size()) + "\r\n\r\n" + node_call);
    CHECK(read_answers(denied).at(0).status == 401);
    CHECK(w.link.calls.empty());
}

TEST_CASE("methods: a module of an Edge device calls another module, without an api-version") {
    device_world w;
    recording_link link;
    w.hub.sessions().connect(w.module, link);
    w.add("/devices/d/modules/caller");
    const std::string token = w.own_token({"d", "caller"});
    const std::string body = R"({"methodName":"reboot","payload":1,"responseTimeoutInSeconds":30})";
    const auto call_as = [&](const char* name) {
        return w.exchange("POST /twins/d/modules/m/methods HTTP/1.1\r\nHost: localhost\r\n" +
                          token + "x-ms-edge-moduleId: " + name +
                          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    CHECK(call_as("d/caller").empty());
    REQUIRE(link.calls.size() == 1);
    w.hub.methods().answer(w.module, link.calls[0].request_id, {200, "true"});
    w.settle();
    const auto answers = read_answers(w.stream->take_sent());
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].body == R"({"status":200,"payload":true})");
    for (const char* wrong : {"d/m", "d", "d/", "/caller", "", "d/caller/x"}) {
        CAPTURE(wrong);
        const auto refused = read_answers(call_as(wrong));
        REQUIRE(refused.size() == 1);
        CHECK(refused[0].status == 401);
    }
}
