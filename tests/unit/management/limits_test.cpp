#include "emulator/core/limits/limiter.hpp"
#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using test::managed_hub;

TEST_CASE("limits: off at first, chosen, shown, and off again") {
    managed_hub w;
    CHECK(w.get("/api/limits").body ==
          R"({"profile":"off","profiles":["off","F1","S1","S2","S3"],"messagesToday":0,)"
          R"("messagesPerDay":null,"refused":{}})");
    const auto chosen = w.ask("PUT", "/api/limits", R"({"profile":"F1"})");
    CHECK(chosen.status == 204);
    CHECK(chosen.body.empty());
    CHECK(w.journal.mentions("the hub's limits are now those of F1"));
    w.create({"d", ""});
    w.send({"d", ""}, std::string(1000, 'x'));
    CHECK(w.hub.limits().charge(core::operation::query, 1'000));
    CHECK_FALSE(w.hub.limits().charge(core::operation::query));
    CHECK(w.get("/api/limits").body ==
          R"({"profile":"F1","profiles":["off","F1","S1","S2","S3"],"messagesToday":2,)"
          R"("messagesPerDay":8000,"refused":{"Query":1}})");
    CHECK(w.get("/metrics").body.find("\niothub_throttled_total 1\n") != std::string::npos);
    CHECK(w.ask("PUT", "/api/limits", R"({"profile":"off"})").status == 204);
    CHECK(w.hub.limits().charge(core::operation::query, 1'000));
}

TEST_CASE("limits: messages that are sent here count as those of a back end") {
    managed_hub w;
    w.create({"d", ""});
    w.hub.limit_to(*core::find_limit_profile("S1"));
    REQUIRE(w.hub.limits().charge(core::operation::c2d_send, 299));
    CHECK(w.ask("POST", "/api/messages?device=d", R"({"body":"x"})").status == 201);
    const auto refused = w.ask("POST", "/api/messages?device=d", R"({"body":"x"})");
    CHECK(refused.status == 429);
    CHECK(refused.error().find("C2DSend") != std::string::npos);
}

TEST_CASE("limits: profiles that there are not") {
    managed_hub w;
    const char* body = GENERATE("", "{", "[]", "{}", R"({"profile":"s1"})", R"({"profile":"S4"})",
                                R"({"profile":1})", R"({"profile":null})",
                                R"({"profile":"S1","units":2})", R"({"Profile":"S1"})");
    INFO(body);
    const auto refused = w.ask("PUT", "/api/limits", body);
    CHECK(refused.status == 400);
    CHECK_FALSE(refused.error().empty());
    CHECK(w.hub.limits().profile().name == "off");
}

TEST_CASE("limits: parameters and methods that there are not") {
    managed_hub w;
    CHECK(w.get("/api/limits?profile=S1").status == 400);
    CHECK(w.ask("POST", "/api/limits", "{}").status == 405);
}
