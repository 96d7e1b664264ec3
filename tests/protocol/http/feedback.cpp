// Feedback over HTTPS (service API §1.3 rows 41–43, §1.5).
#include "rest_world.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr auto address = "/messages/serviceBound/feedback";

struct feedback_world : rest_world {
    feedback_world() { add("/devices/d"); }

    // A message is sent and ends, so that there is a record of it.
    void end(const char* id) {
        core::c2d_message message;
        message.body = "x";
        if (*id != '\0') {
            message.system_properties = {{"message-id", id}};
        }
        message.ack = core::feedback_wanted::full;
        REQUIRE(hub.c2d().enqueue({"d", ""}, message));
        const auto got = hub.c2d().receive({"d", ""});
        REQUIRE(got);
        REQUIRE(hub.c2d().settle({"d", ""}, got->lock_token, core::settlement::complete));
        hub.end_turn();
    }

    std::string generation() { return hub.identities().get({"d", ""})->generation_id; }

    // The ETag of the next batch, without its quotes.
    std::string next_lock() {
        const std::string etag = ask("GET", address).header("ETag");
        REQUIRE(etag.size() == 38);
        return etag.substr(1, 36);
    }

    answer complete(const std::string& lock) { return ask("DELETE", address + ("/" + lock)); }
    answer abandon(const std::string& lock) {
        return ask("POST", address + ("/" + lock) + "/abandon");
    }
};

} // namespace

TEST_CASE("feedback: none waits") {
    feedback_world w;
    const answer a = w.ask("GET", address);
    CHECK(a.status == 204);
    CHECK(a.body.empty());
}

TEST_CASE("feedback: a batch with its lock and its time") {
    feedback_world w;
    w.end("m1");
    w.end("");
    const answer a = w.ask("GET", address);
    CHECK(a.status == 200);
    CHECK(a.body == R"([{"originalMessageId":"m1","description":"Success","deviceGenerationId":")" +
                        w.generation() +
                        R"(","deviceId":"d","enqueuedTimeUtc":"2026-01-02T03:04:05Z",)"
                        R"("statusCode":"Success"},)"
                        R"({"description":"Success","deviceGenerationId":")" +
                        w.generation() +
                        R"(","deviceId":"d","enqueuedTimeUtc":"2026-01-02T03:04:05Z",)"
                        R"("statusCode":"Success"}])");
    CHECK(a.header("Content-Type") == "application/vnd.microsoft.iothub.feedback.json");
    CHECK(a.headers.count("Content-Type") == 1);
    CHECK(a.header("iothub-enqueuedtime") == "2026-01-02T03:04:05.0000000Z");
    CHECK(a.header("ETag").size() == 38);
    CHECK(w.ask("GET", address).status == 204); // it is locked
}

TEST_CASE("feedback: completed, it is gone; abandoned, it comes again") {
    feedback_world w;
    w.end("m1");
    CHECK(w.abandon(w.next_lock()).status == 204);
    const std::string lock = w.next_lock();
    const answer done = w.complete(lock);
    CHECK(done.status == 204);
    CHECK(done.body.empty());
    CHECK(w.ask("GET", address).status == 204);
    CHECK(w.hub.c2d().feedback(10).empty());
    CHECK(w.complete(lock).status == 412);
}

TEST_CASE("feedback: a lock that has ended, or never was") {
    feedback_world w;
    w.end("m1");
    const std::string lock = w.next_lock();
    w.clock.advance(std::chrono::seconds(60));
    w.hub.advance();
    for (const answer& late : {w.complete(lock), w.abandon(lock), w.complete("never-was")}) {
        CHECK(late.status == 412);
        CHECK(late.code() == "DeviceMessageLockLost");
    }
    CHECK(w.ask("GET", address).status == 200);
}

TEST_CASE("feedback: the address in any case, other methods, other policies") {
    feedback_world w;
    w.end("m1");
    CHECK(w.ask("PUT", address).header("Allow") == "GET");
    CHECK(w.ask("GET", std::string(address) + "/x").header("Allow") == "DELETE");
    for (const char* policy : {"registryReadWrite", "device"}) {
        const std::string token = "Authorization: " + token_of(policy) + "\r\n";
        CHECK(w.ask("GET", address, {}, token).status == 401);
        CHECK(w.ask("DELETE", std::string(address) + "/x", {}, token).status == 401);
    }
    const std::string service = "Authorization: " + token_of("service") + "\r\n";
    const answer a = w.ask("GET", "/messages/servicebound/Feedback", {}, service);
    CHECK(a.status == 200);
    const std::string lock = a.header("ETag").substr(1, 36);
    CHECK(w.ask("DELETE", "/Messages/serviceBound/feedback/" + lock, {}, service).status == 204);
}

TEST_CASE("feedback: a turn that is not kept has locked and completed nothing") {
    feedback_world w;
    w.end("m1");
    const std::string lock = w.next_lock();
    w.store.commits_fail = true;
    CHECK(w.complete(lock).status == 500);
    w.store.commits_fail = false;
    CHECK(w.hub.c2d().feedback(10).size() == 1);
    CHECK(w.complete(lock).status == 204);
}

TEST_CASE("feedback: a store that cannot be read") {
    feedback_world w;
    w.end("m1");
    w.store.reads_fail = true;
    CHECK(w.ask("GET", address).status == 500);
    w.store.reads_fail = false;
    CHECK(w.ask("GET", address).status == 200);
}
