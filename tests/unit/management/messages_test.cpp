#include "support/catch.hpp"
#include "support/recording_link.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using test::managed_hub;

namespace {

struct world : managed_hub {
    world() {
        create({"d", ""});
        create({"d", "m"});
        hub.end_turn();
    }
    test::answer post(const std::string& body, const std::string& identity = "device=d") {
        return ask("POST", "/api/messages?" + identity, body);
    }
    json waiting(const std::string& identity = "device=d") {
        return get("/api/messages?" + identity).document().at("messages");
    }
};

} // namespace

TEST_CASE("messages: what is sent waits in the queue, with every member") {
    world w;
    const auto sent = w.post(
        R"({"body":"text","messageId":"1","correlationId":"c","userId":"u","contentType":"t",)"
        R"("contentEncoding":"utf-8","expiryTimeUtc":"2030-01-01T10:00:00Z","ack":"full",)"
        R"("properties":{"key":"value"}})");
    CHECK(sent.status == 201);
    CHECK(sent.body == R"({"sequenceNumber":1,"enqueuedTime":"2026-01-02T03:04:05Z"})");
    const json queue = w.waiting();
    REQUIRE(queue.size() == 1);
    CHECK(queue[0].dump() ==
          R"({"sequenceNumber":1,"state":"enqueued","deliveryCount":0,)"
          R"("enqueuedTime":"2026-01-02T03:04:05Z","expiryTimeUtc":"2030-01-01T10:00:00Z",)"
          R"("messageId":"1","correlationId":"c","userId":"u","contentType":"t",)"
          R"("contentEncoding":"utf-8","ack":"full","properties":{"key":"value"},)"
          R"("body":"text","bodyBase64":"dGV4dA=="})");
}

TEST_CASE("messages: bytes, and an input of a module") {
    world w;
    CHECK(w.post(R"({"bodyBase64":"//4=","input":"i"})", "device=d&module=m").status == 201);
    const json m = w.waiting("device=d&module=m").at(0);
    CHECK(m.at("body").is_null());
    CHECK(m.at("bodyBase64") == "//4=");
    CHECK(m.at("input") == "i");
    CHECK(m.at("expiryTimeUtc") == "2026-01-02T04:04:05Z");
    CHECK(w.waiting().empty());
}

TEST_CASE("messages: a device that takes messages gets it, and locks it") {
    world w;
    test::recording_link link;
    link.room_for_messages = 1;
    w.hub.sessions().connect({"d", ""}, link);
    CHECK(w.post(R"({"body":"text"})").status == 201);
    CHECK(w.waiting().at(0).at("state") == "invisible");
    w.hub.sessions().disconnected({"d", ""}, link);
    CHECK(w.waiting().at(0).at("state") == "enqueued");
}

TEST_CASE("messages: purged, with feedback for who wanted it") {
    world w;
    w.post(R"({"body":"a","messageId":"1","ack":"full"})");
    w.post(R"({"body":"b","messageId":"2"})");
    const auto purged = w.ask("DELETE", "/api/messages?device=d");
    CHECK(purged.status == 200);
    CHECK(purged.body == R"({"purged":2})");
    CHECK(w.waiting().empty());
    const json records = w.get("/api/feedback").document().at("records");
    REQUIRE(records.size() == 1);
    CHECK(records[0].at("originalMessageId") == "1");
    CHECK(records[0].at("statusCode") == "Purged");
    CHECK(records[0].at("deviceId") == "d");
    CHECK(records[0].at("deviceGenerationId") == w.hub.identities().get({"d", ""})->generation_id);
    CHECK(w.get("/api/feedback?limit=0").status == 400);
}

TEST_CASE("messages: a member that is wrong is named, and nothing is sent") {
    world w;
    const auto [body, named] = GENERATE(table<std::string, std::string>({
        {R"({})", "body"},
        {R"({"body":"a","bodyBase64":"YQ=="})", "body"},
        {R"({"body":1})", "body"},
        {R"({"bodyBase64":"?"})", "bodyBase64"},
        {R"({"body":"a","ack":"maybe"})", "ack"},
        {R"({"body":"a","expiryTimeUtc":"soon"})", "expiryTimeUtc"},
        {R"({"body":"a","expiryTimeUtc":1})", "expiryTimeUtc"},
        {R"({"body":"a","messageId":1})", "messageId"},
        {R"({"body":"a","properties":[]})", "properties"},
        {R"({"body":"a","properties":{"k":1}})", "properties"},
        {R"({"body":"a","color":"red"})", "color"},
        {R"([])", "The body must be a JSON object"},
        {"", "The JSON"},
        {"{", "The JSON"},
    }));
    INFO(body);
    const auto refused = w.post(body);
    CHECK(refused.status == 400);
    CHECK(refused.error().starts_with(named));
    CHECK(w.waiting().empty());
}

TEST_CASE("messages: unknown identities, too much at once, and too many") {
    world w;
    CHECK(w.post(R"({"body":"a"})", "device=none").status == 404);
    CHECK(w.post(R"({"body":"a"})", "device=d&module=none").status == 404);
    CHECK(w.post(R"({"body":"a"})", "module=m").status == 400);
    CHECK(w.get("/api/messages?device=none").status == 404);
    CHECK(w.ask("DELETE", "/api/messages?device=none").status == 404);
    CHECK(w.post(R"({"body":"a","input":"i"})").status == 400);
    CHECK(w.post(json{{"body", std::string(65 * 1024, 'x')}}.dump()).status == 413);
    for (int i = 0; i < 50; ++i) {
        CHECK(w.post(R"({"body":"a"})").status == 201);
    }
    CHECK(w.post(R"({"body":"a"})").status == 429);
}
