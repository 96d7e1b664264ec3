#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;
using test::managed_hub;

TEST_CASE("management session: what reads is answered at once, in order, on one connection") {
    managed_hub h;
    const auto stream = h.connect();
    stream->deliver("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    "HEAD /ready HTTP/1.1\r\nHost: evil.example\r\n\r\n"
                    "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string sent = stream->take_sent();
    CHECK(sent.starts_with("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n"));
    CHECK_THAT(sent, Contains("HTTP/1.1 403 Forbidden") &&
                         Contains("\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\n"));
    CHECK(sent.ends_with(R"({"status":"ready"})"));
    CHECK_FALSE(stream->ended());
    stream->finish();
}

TEST_CASE("management session: garbage is answered, logged, and the end") {
    managed_hub h;
    const auto stream = h.connect();
    stream->deliver("nonsense\r\n");
    CHECK(stream->take_sent().starts_with("HTTP/1.1 400 Bad Request\r\n"));
    CHECK(stream->ended());
    CHECK(h.journal.mentions("400"));
    stream->finish();
}

TEST_CASE("management session: a change is acknowledged when it is kept, and not before") {
    managed_hub h;
    h.create({"d", ""});
    h.hub.end_turn();
    const auto stream = h.connect();
    stream->deliver(managed_hub::request("POST", "/api/messages?device=d", R"({"body":"a"})"));
    CHECK(stream->take_sent().empty());
    h.hub.end_turn();
    CHECK(test::read_answer(stream->take_sent()).status == 201);
    stream->finish();
}

TEST_CASE("management session: a change that was not kept is answered with 500") {
    managed_hub h;
    h.create({"d", ""});
    h.hub.end_turn();
    h.store.commits_fail = true;
    h.trouble = "the disk is full";
    CHECK(h.ask("POST", "/api/messages?device=d", R"({"body":"a"})").status == 500);
    CHECK(h.journal.mentions("nothing was kept"));
    CHECK(h.get("/health").status == 503);
    h.store.commits_fail = false;
    CHECK(h.get("/api/messages?device=d").document().at("messages").empty());
}

TEST_CASE("management session: an answer of a later turn waits for that turn") {
    managed_hub h;
    const auto stream = h.connect();
    stream->deliver(managed_hub::request("POST", "/api/service/later", "{}",
                                         "Content-Type: application/json\r\n"));
    h.hub.end_turn();
    REQUIRE(h.later);
    h.store.commits_fail = GENERATE(false, true);
    h.create({"d", ""});
    h.later->reply({200, management::for_browsers(), "{}"});
    CHECK(stream->take_sent().empty());
    h.hub.end_turn();
    CHECK(test::read_answer(stream->take_sent()).status == (h.store.commits_fail ? 500 : 200));
    stream->finish();
}
