#include "emulator/management/activity.hpp"

#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;
using management::activity;

TEST_CASE("activity: keeps what the log does not want to write") {
    silent_log log;
    test::manual_clock clock;
    activity happened(log, clock);
    happened.write(log_level::info, "mqtt", "connected");
    happened.write(log_level::debug, "mqtt", "too small");
    const auto lines = happened.after(0, 10);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].number == 1);
    CHECK(lines[0].component == "mqtt");
    CHECK(lines[0].text == "connected");
    CHECK(lines[0].time == clock.now());
}

TEST_CASE("activity: passes on what the log wants") {
    test::recording_log log;
    test::manual_clock clock;
    activity happened(log, clock);
    happened.write(log_level::debug, "http", "a line");
    CHECK(log.mentions("a line"));
    CHECK(happened.after(0, 10).empty());
}

TEST_CASE("activity: small things are wanted for a while after somebody looked") {
    silent_log log;
    test::manual_clock clock;
    activity happened(log, clock);
    CHECK(happened.wants(log_level::info));
    CHECK_FALSE(happened.wants(log_level::debug));
    happened.watched();
    CHECK(happened.wants(log_level::debug));
    CHECK_FALSE(happened.wants(log_level::trace));
    clock.advance(activity::attention);
    CHECK_FALSE(happened.wants(log_level::debug));
}

TEST_CASE("activity: holds no secret and no end of lines") {
    silent_log log;
    test::manual_clock clock;
    activity happened(log, clock);
    happened.write(log_level::info, "app", "SharedAccessKey=c2VjcmV0 is secret");
    CHECK_THAT(happened.after(0, 1)[0].text, !Contains("c2VjcmV0"));
    for (std::size_t i = 0; i < activity::max_lines; ++i) {
        happened.write(log_level::info, "app", std::string(activity::max_text + 1, 'x'));
    }
    const auto lines = happened.after(0, 2 * activity::max_lines);
    CHECK(lines.size() == activity::max_lines);
    CHECK(lines.front().number == 2);
    CHECK(lines.front().text.size() == activity::max_text);
    CHECK(happened.newest() == activity::max_lines + 1);
}

TEST_CASE("activity: the newest lines behind a number, the oldest first") {
    test::managed_hub h;
    for (const char* text : {"one", "two", "three"}) {
        h.happened.write(log_level::warning, "tls", text);
    }
    const json all = h.get("/api/activity").document();
    CHECK(all.at("lines").size() == 3);
    CHECK(all.at("lines")[0].at("text") == "one");
    CHECK(all.at("lines")[0].at("level") == "warning");
    CHECK(all.at("next") == 3);
    const json newest = h.get("/api/activity?after=1&limit=1").document();
    REQUIRE(newest.at("lines").size() == 1);
    CHECK(newest.at("lines")[0].at("text") == "three");
    const json none = h.get("/api/activity?after=3").document();
    CHECK(none.at("lines").empty());
    CHECK(none.at("next") == 3);
}

TEST_CASE("activity: bytes that are no text are null") {
    test::managed_hub h;
    h.happened.write(log_level::info, "tls", "\xff");
    CHECK(h.get("/api/activity").document().at("lines")[0].at("text").is_null());
}

TEST_CASE("activity: parameters that are wrong") {
    test::managed_hub h;
    const std::string wrong = GENERATE("after=x", "after=-1", "limit=0", "limit=1001", "device=d");
    CHECK(h.get("/api/activity?" + wrong).status == 400);
}

TEST_CASE("activity: twins tell who changed what, while somebody looks") {
    test::managed_hub h;
    h.create({"d", ""});
    h.create({"d", "m"});
    core::twin_change change;
    change.desired = json{{"a", 1}};
    h.hub.twins().patch({"d", "m"}, change, {}).value();
    h.get("/api/activity");
    h.hub.twins().patch({"d", "m"}, change, {}).value();
    h.hub.twins().report({"d", "m"}, json{{"b", 1}}, {}).value();
    const json lines = h.get("/api/activity").document().at("lines");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].at("component") == "twin");
    CHECK_THAT(lines[0].at("text").get<std::string>(),
               Contains("d/m") && Contains("back end") && Contains("version 3"));
    CHECK_THAT(lines[1].at("text").get<std::string>(),
               Contains("reported") && Contains("by itself"));
}
