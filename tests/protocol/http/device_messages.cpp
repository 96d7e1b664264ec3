// Cloud-to-device messages over HTTPS (device protocol §3).
#include "device_world.hpp"

#include "emulator/core/c2d/c2d_service.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct message_world : device_world {
    void send(const char* body) {
        core::c2d_message message;
        message.body = body;
        message.system_properties = {{"message-id", body}};
        message.application_properties = {{"k", "v"}};
        REQUIRE(hub.c2d().enqueue(device, message));
    }

    answer poll() { return ask_as(device, "GET", "/devices/d/messages/deviceBound"); }

    // Of the next message, without its quotes.
    std::string next_lock() {
        const std::string etag = poll().header("ETag");
        REQUIRE(etag.size() > 2);
        CHECK(etag.front() == '"');
        CHECK(etag.back() == '"');
        return etag.substr(1, etag.size() - 2);
    }

    answer settle_by(const char* method, const std::string& lock, const char* rest = "") {
        return ask_as(device, method, "/devices/d/messages/devicebound/" + lock + rest);
    }
};

} // namespace

TEST_CASE("device messages: none waits") {
    message_world w;
    const answer a = w.poll();
    CHECK(a.status == 204);
    CHECK(a.body.empty());
}

TEST_CASE("device messages: received with their fields, then completed") {
    message_world w;
    w.send("one");
    const answer a = w.poll();
    CHECK(a.status == 200);
    CHECK(a.body == "one");
    CHECK(a.header("iothub-messageid") == "one");
    CHECK(a.header("iothub-app-k") == "v");
    CHECK(a.header("iothub-sequencenumber") == "1");
    CHECK(a.header("Content-Type") == "application/octet-stream");
    CHECK(w.poll().status == 204); // it is locked
    std::string lock = a.header("ETag");
    lock = lock.substr(1, lock.size() - 2);
    CHECK(w.settle_by("DELETE", lock).status == 204);
    CHECK(w.hub.c2d().list(w.device).empty());
}

TEST_CASE("device messages: abandoned, it comes again with a higher delivery count") {
    message_world w;
    w.send("one");
    CHECK(w.settle_by("POST", w.next_lock(), "/abandon").status == 204);
    const answer again = w.poll();
    CHECK(again.body == "one");
    CHECK(again.header("iothub-deliverycount") == "1");
}

TEST_CASE("device messages: rejected, in the words of every SDK") {
    message_world w;
    const char* query = GENERATE("?reject", "?api-version=2021-04-12&reject",
                                 "?api-version=2020-09-30&%3Freject=true");
    w.send("one");
    CHECK(w.settle_by("DELETE", w.next_lock(), query).status == 204);
    CHECK(w.hub.c2d().list(w.device).empty());
}

TEST_CASE("device messages: a lock that has ended, or never was") {
    message_world w;
    w.send("one");
    const std::string lock = w.next_lock();
    w.clock.advance(std::chrono::seconds(61));
    w.hub.advance();
    const answer late = w.settle_by("DELETE", lock);
    CHECK(late.status == 412);
    CHECK(late.code() == "DeviceMessageLockLost");
    CHECK(w.settle_by("DELETE", "never-was").status == 412);
    CHECK(w.poll().body == "one");
}

TEST_CASE("device messages: a lock of another device is none") {
    message_world w;
    w.send("one");
    const std::string lock = w.next_lock();
    CHECK(w.ask_as(w.other, "DELETE", "/devices/e/messages/devicebound/" + lock).status == 412);
    CHECK(w.settle_by("DELETE", lock).status == 204);
}
