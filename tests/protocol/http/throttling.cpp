// Requests beyond the limits of a tier (service API §8, §4.1).
#include "device_world.hpp"

#include "emulator/core/limits/limiter.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct limited_world : device_world {
    limited_world() { limit_to("S1"); }

    void limit_to(std::string_view profile) { hub.limit_to(*core::find_limit_profile(profile)); }

    // Nothing is left of what may come at once.
    void use_up(core::operation what) { REQUIRE(hub.limits().charge(what, 1'000'000)); }
};

void check_throttled(const answer& a, const std::string& operation) {
    CHECK(a.status == 429);
    CHECK(a.code() == "ThrottlingBacklogTimeout");
    CHECK(a.document().at("Message") ==
          "ErrorCode:ThrottlingBacklogTimeout;The request has been throttled. Wait 10 seconds and "
          "try again. Operation type: " +
              operation);
    CHECK(a.header("Connection") == "close");
    CHECK(a.header("Retry-After").empty());
}

} // namespace

TEST_CASE("throttling: each operation on its meter") {
    limited_world w;
    const auto [method, path, what, name] =
        GENERATE(table<std::string, std::string, core::operation, std::string>({
            {"GET", "/devices/d", core::operation::registry_read, "RegistryRead"},
            {"GET", "/devices", core::operation::registry_read, "RegistryRead"},
            {"GET", "/statistics/devices", core::operation::registry_read, "RegistryRead"},
            {"PUT", "/devices/n", core::operation::registry_read, "RegistryWrite"},
            {"DELETE", "/devices/d/modules/m", core::operation::registry_write, "RegistryWrite"},
            {"GET", "/twins/d", core::operation::twin_read, "TwinRead"},
            {"PATCH", "/twins/d", core::operation::twin_update, "TwinUpdate"},
            {"PUT", "/twins/d/modules/m", core::operation::twin_update, "TwinUpdate"},
            {"GET", "/digitaltwins/d", core::operation::twin_read, "TwinRead"},
            {"PATCH", "/digitaltwins/d", core::operation::twin_update, "TwinUpdate"},
            {"POST", "/digitaltwins/d/commands/c", core::operation::method, "DirectMethod"},
            {"POST", "/twins/d/modules/m/methods", core::operation::method, "DirectMethod"},
            {"POST", "/devices/query", core::operation::query, "Query"},
            {"GET", "/jobs/v2/j", core::operation::job, "Job"},
            {"GET", "/configurations", core::operation::configuration_write, "ConfigurationRead"},
            {"PUT", "/configurations/c", core::operation::configuration_read, "ConfigurationWrite"},
        }));
    CAPTURE(method, path);
    w.use_up(what);
    check_throttled(w.ask(method, path, "{}"), name);
}

TEST_CASE("throttling: what a device does") {
    limited_world w;
    w.use_up(core::operation::c2d_receive);
    check_throttled(w.ask_as(w.device, "GET", "/devices/d/messages/devicebound"), "C2DReceive");
    w.connect();
    w.use_up(core::operation::file_upload);
    check_throttled(w.ask_as(w.device, "POST", "/devices/d/files", "{}"), "FileUpload");
    w.connect();
    w.use_up(core::operation::d2c_send);
    check_throttled(w.ask_as(w.device, "POST", "/devices/d/messages/events", "x"), "D2CSend");
    CHECK(w.hub.count().messages == 0);
}

TEST_CASE("throttling: a little later it goes on, and nothing else was held up") {
    limited_world w;
    w.use_up(core::operation::registry_read);
    CHECK(w.ask("GET", "/devices/d").status == 429);
    w.connect();
    CHECK(w.ask("GET", "/twins/d").status == 200);
    w.clock.advance(std::chrono::seconds(1));
    CHECK(w.ask("GET", "/devices/d").status == 200);
    CHECK(w.ask("GET", "/devices/d").status == 429);
}

TEST_CASE("throttling: who is not let in uses nothing up, and is not told of limits") {
    limited_world w;
    w.use_up(core::operation::twin_read);
    CHECK(w.ask("GET", "/twins/d", {}, "Authorization: " + token_of("registryRead") + "\r\n")
              .status == 401);
    CHECK(w.hub.count().throttled == 0);
}

TEST_CASE("throttling: methods count by 4 KB") {
    limited_world w;
    REQUIRE(w.hub.limits().charge(core::operation::method, 190)); // of 200
    const std::string large = R"({"methodName":"m","payload":")" + std::string(50'000, 'x') + "\"}";
    CHECK(w.ask("POST", "/twins/d/methods", large).status == 429);
    w.connect();
    CHECK(w.ask("POST", "/twins/d/methods", R"({"methodName":"m"})").code() == "DeviceNotOnline");
}

TEST_CASE("throttling: what changes several identities counts for each") {
    limited_world w;
    REQUIRE(w.hub.limits().charge(core::operation::registry_write, 298)); // of 300
    const std::string three = R"([{"id":"a"},{"id":"b"},{"id":"c"}])";
    check_throttled(w.ask("POST", "/devices", three), "RegistryWrite");
    w.connect();
    check_throttled(w.ask("POST", "/devices/keys/regenerate",
                          R"({"policyKey":"both","devices":)" + three + "}"),
                    "RegistryWrite");
    w.connect();
    CHECK(w.ask("POST", "/devices", R"([{"id":"a"},{"id":"b"}])").status == 200);
    w.connect();
    CHECK(w.ask("GET", "/devices/a").status == 429);
}

TEST_CASE("throttling: without limits, nothing is too fast") {
    limited_world w;
    w.limit_to("off");
    w.use_up(core::operation::registry_read);
    CHECK(w.ask("GET", "/devices/d").status == 200);
}

TEST_CASE("quota: beyond the messages of a day, telemetry is refused and reading is not") {
    limited_world w;
    w.limit_to("F1");
    REQUIRE(w.hub.limits().charge(core::operation::d2c_send, core::limiter::messages{1, 7'999}));
    CHECK(w.ask_as(w.device, "POST", "/devices/d/messages/events", "x").status == 204);
    const answer a = w.ask_as(w.device, "POST", "/devices/d/messages/events", "x");
    CHECK(a.status == 403);
    CHECK(a.code() == "IotHubQuotaExceeded");
    CHECK(a.header("Connection").empty());
    CHECK(w.hub.count().messages == 1);
    CHECK(w.ask("GET", "/devices/d").status == 200);
}

TEST_CASE("quota: a batch is taken whole or not at all") {
    limited_world w;
    w.limit_to("F1");
    REQUIRE(w.hub.limits().charge(core::operation::d2c_send, core::limiter::messages{1, 7'999}));
    const std::string type = "Content-Type: application/vnd.microsoft.iothub.json\r\n";
    const std::string two = R"([{"body":"YQ=="},{"body":"Yg=="}])";
    CHECK(w.ask_as(w.device, "POST", "/devices/d/messages/events", two, type).status == 403);
    CHECK(w.hub.count().messages == 0);
    CHECK(w.ask_as(w.device, "POST", "/devices/d/messages/events", R"([{"body":"YQ=="}])", type)
              .status == 204);
    CHECK(w.hub.count().messages == 1);
}
