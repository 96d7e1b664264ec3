// Purging a device's queue of messages (service API §1.3 row 7).
#include "rest_world.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

core::c2d_message text(std::string body) {
    core::c2d_message message;
    message.body = std::move(body);
    message.ack = core::feedback_wanted::negative;
    return message;
}

} // namespace

TEST_CASE("purging: every message ends, its sender learns so, the device gets none") {
    rest_world w;
    w.add("/devices/d");
    w.add("/devices/e");
    for (const char* body : {"one", "two", "three"}) {
        REQUIRE(w.hub.c2d().enqueue({"d", ""}, text(body)));
    }
    REQUIRE(w.hub.c2d().enqueue({"e", ""}, text("another's")));
    REQUIRE(w.hub.c2d().receive({"d", ""}));
    const answer a = w.ask("DELETE", "/devices/d/commands");
    CHECK(a.status == 200);
    CHECK(a.body == R"({"deviceId":"d","moduleId":null,"totalMessagesPurged":3})");
    CHECK(a.header("Content-Type") == "application/json; charset=utf-8");
    CHECK(w.hub.c2d().list({"d", ""}).empty());
    CHECK(w.hub.c2d().list({"e", ""}).size() == 1);
    const auto feedback = w.hub.c2d().feedback(10);
    REQUIRE(feedback.size() == 3);
    CHECK(feedback[0].outcome == core::c2d_outcome::purged);
    CHECK(w.ask("DELETE", "/devices/d/commands").body ==
          R"({"deviceId":"d","moduleId":null,"totalMessagesPurged":0})");
}

TEST_CASE("waiting messages are counted wherever their target is shown") {
    rest_world w;
    w.add("/devices/d");
    w.add("/devices/d/modules/m");
    w.add("/devices/e");
    REQUIRE(w.hub.c2d().enqueue({"d", ""}, text("one")));
    REQUIRE(w.hub.c2d().enqueue({"d", ""}, text("two")));
    REQUIRE(w.hub.c2d().enqueue({"d", "m"}, text("three")));
    const auto count = [&](const std::string& path) {
        return w.ask("GET", path).document()["cloudToDeviceMessageCount"].get<int>();
    };
    CHECK(count("/devices/d") == 2);
    CHECK(count("/twins/d") == 2);
    CHECK(count("/devices/d/modules/m") == 1);
    CHECK(count("/twins/d/modules/m") == 1);
    CHECK(count("/devices/e") == 0);
    const json listed = w.ask("GET", "/devices").document();
    CHECK(listed[0]["cloudToDeviceMessageCount"] == 2);
    CHECK(w.ask("GET", "/devices/d/modules").document()[0]["cloudToDeviceMessageCount"] == 1);
    const json updated = w.ask("PUT", "/devices/d", "{}", "If-Match: *\r\n").document();
    CHECK(updated["cloudToDeviceMessageCount"] == 2);
    w.ask("DELETE", "/devices/d/commands");
    CHECK(count("/devices/d") == 0);
    CHECK(count("/twins/d") == 0);
    CHECK(count("/devices/d/modules/m") == 1);
}

TEST_CASE("purging: unknown devices, other methods, other policies") {
    rest_world w;
    w.add("/devices/d");
    REQUIRE(w.hub.c2d().enqueue({"d", ""}, text("kept")));
    const answer unknown = w.ask("DELETE", "/devices/none/commands");
    CHECK(unknown.status == 404);
    CHECK(unknown.code() == "DeviceNotFound");
    const answer other = w.ask("GET", "/devices/d/commands");
    CHECK(other.status == 405);
    CHECK(other.header("Allow") == "DELETE");
    const auto with = [](std::string_view policy) {
        return "Authorization: " + token_of(policy) + "\r\n";
    };
    CHECK(w.ask("DELETE", "/devices/d/commands", {}, with("registryReadWrite")).status == 401);
    CHECK(w.hub.c2d().list({"d", ""}).size() == 1);
    CHECK(w.ask("DELETE", "/devices/d/commands", {}, with("service")).status == 200);
    CHECK(w.hub.c2d().list({"d", ""}).empty());
}

TEST_CASE("purging: a turn that is not kept purges nothing") {
    rest_world w;
    w.add("/devices/d");
    REQUIRE(w.hub.c2d().enqueue({"d", ""}, text("kept")));
    w.hub.end_turn();
    w.store.commits_fail = true;
    CHECK(w.ask("DELETE", "/devices/d/commands").status == 500);
    w.store.commits_fail = false;
    CHECK(w.hub.c2d().list({"d", ""}).size() == 1);
    CHECK(w.hub.c2d().feedback(10).empty());
}
