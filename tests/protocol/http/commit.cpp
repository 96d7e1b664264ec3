#include "rest_world.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("commit: nothing leaves before the turn is kept") {
    rest_world w;
    w.stream->deliver(rest_world::request("PUT", "/devices/d", "{}"));
    CHECK(w.stream->take_sent().empty());
    w.hub.end_turn();
    CHECK(read_answers(w.stream->take_sent()).at(0).status == 200);
}

TEST_CASE("commit: requests of one turn share a commit") {
    rest_world w;
    w.stream->deliver(rest_world::request("PUT", "/devices/a", "{}") +
                      rest_world::request("PUT", "/devices/b", "{}"));
    w.hub.end_turn();
    CHECK(w.hub.count().commits == 1);
    CHECK(read_answers(w.stream->take_sent()).size() == 2);
}

TEST_CASE("commit: where it fails, nothing is acknowledged and nothing is there") {
    rest_world w;
    w.add("/devices/a");
    w.store.commits_fail = true;
    const auto answers = read_answers(w.exchange(
        rest_world::request("PUT", "/devices/b", "{}") + rest_world::request("GET", "/devices/b") +
        rest_world::request("PATCH", "/twins/a", R"({"tags":{"x":1}})")));
    REQUIRE(answers.size() == 3);
    for (const answer& a : answers) {
        CHECK(a.status == 500);
        CHECK(a.code() == "ServerError");
        CHECK(a.document()["Message"].get<std::string>().starts_with("ErrorCode:ServerError;"));
        CHECK(a.body.find("disk") == std::string::npos);
    }
    CHECK(w.log.mentions("the disk is full"));
    CHECK_FALSE(w.stream->ended());

    w.store.commits_fail = false;
    CHECK(w.ask("GET", "/devices/b").status == 404);
    CHECK(w.ask("GET", "/twins/a").document()["version"] == 2);
    CHECK(w.ask("PUT", "/devices/b", "{}").status == 200);
}

TEST_CASE("commit: every step of a script may fail, and the next one is served") {
    const std::string steps[] = {
        rest_world::request("PUT", "/devices/d", "{}"),
        rest_world::request("PUT", "/devices/d/modules/m", "{}"),
        rest_world::request("PATCH", "/twins/d/modules/m", R"({"tags":{}})"),
        rest_world::request("DELETE", "/devices/d", {}, "If-Match: *\r\n")};
    for (std::size_t failing = 0; failing < 4; ++failing) {
        rest_world w;
        for (std::size_t step = 0; step < 4; ++step) {
            if (step == failing) {
                w.store.commits_fail = true;
                CHECK(read_answers(w.exchange(steps[step])).at(0).status == 500);
                w.store.commits_fail = false;
            }
            INFO("step " << step << ", failing " << failing);
            CHECK(read_answers(w.exchange(steps[step])).at(0).status < 300);
        }
    }
}

TEST_CASE("commit: a connection that is gone by then is no harm") {
    rest_world w;
    w.stream->deliver(rest_world::request("PUT", "/devices/d", "{}"));
    w.stream->finish();
    w.hub.end_turn();
    w.connect();
    CHECK(w.ask("GET", "/devices/d").status == 200);
}
