#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using Catch::Contains;
using test::managed_hub;

namespace {

std::shared_ptr<test::fake_stream> subscribe(managed_hub& h, const std::string& query = {},
                                             const std::string& headers = {}) {
    const auto stream = h.connect();
    stream->deliver(managed_hub::request("GET", "/api/events/stream" + query, "", headers));
    return stream;
}

// What came, without the chunks' sizes.
std::string received(managed_hub& h, test::fake_stream& stream) {
    h.run();
    std::string bytes = stream.take_sent();
    std::string text;
    while (!bytes.empty()) {
        const std::size_t line = bytes.find("\r\n");
        const std::size_t size = std::stoul(bytes.substr(0, line), nullptr, 16);
        text += bytes.substr(line + 2, size);
        bytes.erase(0, line + 2 + size + 2);
    }
    return text;
}

void skip_head(test::fake_stream& stream) {
    const auto head = test::read_answer(stream.take_sent());
    REQUIRE(head.status == 200);
    REQUIRE(head.body.empty());
}

} // namespace

TEST_CASE("event stream: from the oldest event on, where that is asked for") {
    managed_hub h;
    h.send({"a", ""}, "before");
    const auto client = subscribe(h, "?after=oldest");
    h.run();
    CHECK_THAT(client->take_sent(), Contains("\"body\":\"before\""));
    h.send({"a", ""}, "after");
    CHECK_THAT(received(h, *client), Contains("\"body\":\"after\""));
    client->finish();
}

TEST_CASE("event stream: each event as it is kept, from now on") {
    managed_hub h;
    h.send({"a", ""}, "before");
    const auto client = subscribe(h);
    const auto head = test::read_answer(client->take_sent());
    CHECK(head.status == 200);
    CHECK_THAT(head.head, Contains("\r\nContent-Type: text/event-stream\r\n") &&
                              Contains("\r\nTransfer-Encoding: chunked\r\n") &&
                              Contains("\r\nCache-Control: no-store\r\n"));
    CHECK(head.body.empty());

    h.send({"a", ""}, "1");
    const std::string text = received(h, *client);
    CHECK(text.starts_with("id: "));
    CHECK_THAT(text,
               Contains("\nevent: telemetry\ndata: {\"partition\":") && Contains("\"body\":\"1\""));
    CHECK(text.ends_with("}\n\n"));
    CHECK(text.find("before") == text.npos);
    h.send({"a", ""}, "2");
    h.send({"b", ""}, "3");
    CHECK_THAT(received(h, *client), Contains("\"body\":\"2\"") && Contains("\"body\":\"3\""));
    client->finish();
    h.send({"a", ""}, "4");
    CHECK(client->take_sent().empty());
    CHECK_FALSE(h.audience->next_deadline());
}

TEST_CASE("event stream: from the last events on") {
    managed_hub h;
    for (const char* body : {"1", "2", "3"}) {
        h.send({"a", ""}, body);
    }
    const auto client = subscribe(h, "?device=a&last=2");
    h.run();
    const std::string text = client->take_sent();
    CHECK_THAT(text, !Contains("\"body\":\"1\"") && Contains("\"body\":\"2\"") &&
                         Contains("\"body\":\"3\""));
    h.send({"a", ""}, "4");
    CHECK_THAT(received(h, *client), Contains("\"body\":\"4\""));
    client->finish();
}

TEST_CASE("event stream: fewer events than the last ones, and what goes with no number") {
    managed_hub h;
    h.send({"a", ""}, "1");
    const auto all = subscribe(h, "?last=1000");
    h.run();
    CHECK_THAT(all->take_sent(), Contains("\"body\":\"1\""));
    all->finish();
    for (const char* wrong : {"0", "1001", "x", "1&after=now"}) {
        CHECK(h.get(std::string("/api/events/stream?last=") + wrong).status == 400);
    }
}

TEST_CASE("event stream: goes on where the connection broke") {
    managed_hub h;
    const auto first = subscribe(h, "?device=a");
    skip_head(*first);
    h.send({"a", ""}, "1");
    const std::string text = received(h, *first);
    const std::string id = text.substr(4, text.find('\n') - 4);
    first->finish();
    h.send({"a", ""}, "2");
    h.send({"b", ""}, "other");

    const auto again = subscribe(h, "?device=a", "Last-Event-ID: " + id + "\r\n");
    h.run();
    const std::string missed = again->take_sent();
    CHECK_THAT(missed, Contains("\"body\":\"2\""));
    CHECK(missed.find("\"body\":\"1\"") == missed.npos);
    CHECK(missed.find("other") == missed.npos);
    again->finish();

    const auto after = subscribe(h, "?after=" + id);
    h.run();
    CHECK_THAT(after->take_sent(), Contains("\"body\":\"2\""));
    after->finish();
}

TEST_CASE(
    "event stream: an id of another hub's life counts for nothing, a wrong cursor is refused") {
    managed_hub h;
    h.send({"a", ""}, "1");
    const auto client = subscribe(h, "", "Last-Event-ID: 99.99.99.99\r\n");
    skip_head(*client);
    client->finish();
    const auto refused = subscribe(h, "?after=99.99.99.99");
    CHECK(test::read_answer(refused->take_sent()).status == 400);
    refused->finish();
}

TEST_CASE("event stream: a comment shows now and then that the connection lives") {
    managed_hub h;
    const auto client = subscribe(h);
    skip_head(*client);
    h.pass(14s);
    CHECK(client->take_sent().empty());
    h.pass(1s);
    CHECK(received(h, *client) == ":\n\n");
    h.pass(10s);
    h.send({"a", ""}, "1");
    CHECK_THAT(received(h, *client), Contains("telemetry"));
    h.pass(14s);
    CHECK(client->take_sent().empty());
    h.pass(1s);
    CHECK(received(h, *client) == ":\n\n");
    client->finish();
}

TEST_CASE("event stream: a client that does not read lags behind and loses nothing") {
    managed_hub h;
    const auto client = subscribe(h);
    skip_head(*client);
    client->stop_taking();
    for (int i = 0; i < 500; ++i) {
        h.send({"a", ""}, std::string(1000, 'x') + std::to_string(i));
    }
    h.run();
    CHECK(client->queued() < 100'000);
    client->take_again();
    const std::string text = received(h, *client);
    CHECK_THAT(text, Contains("x0\"") && Contains("x499\""));
    client->finish();
}

TEST_CASE("event stream: ends well when the hub stops or cannot read") {
    managed_hub h;
    const auto client = subscribe(h);
    skip_head(*client);
    SECTION("the hub stops") {
        h.audience->close();
    }
    SECTION("the hub cannot read") {
        h.store.reads_fail = true;
        h.send({"a", ""}, "1");
        CHECK(h.journal.mentions("the disk is broken"));
    }
    CHECK(client->take_sent() == "0\r\n\r\n");
    CHECK(client->ended());
    client->finish();
    CHECK_FALSE(h.audience->next_deadline());
}

TEST_CASE("event stream: a client of HTTP/1.0 gets no chunks, HEAD no body") {
    managed_hub h;
    const auto client = h.connect();
    client->deliver("GET /api/events/stream HTTP/1.0\r\nHost: localhost\r\n\r\n");
    const auto head = test::read_answer(client->take_sent());
    CHECK(head.status == 200);
    CHECK(head.head.find("chunked") == head.head.npos);
    h.send({"a", ""}, "1");
    CHECK(client->take_sent().starts_with("id: "));
    client->finish();

    const auto header = h.connect();
    header->deliver(managed_hub::request("HEAD", "/api/events/stream"));
    CHECK(test::read_answer(header->take_sent()).body.empty());
    CHECK(header->ended());
    header->finish();
}

TEST_CASE("event stream: waits for the answers to earlier requests") {
    managed_hub h;
    const auto client = h.connect();
    client->deliver(managed_hub::request("GET", "/api/events?count=1"));
    client->deliver(managed_hub::request("GET", "/api/events/stream"));
    CHECK(client->take_sent().empty());
    h.send({"a", ""}, "1");
    h.run();
    const std::string sent = client->take_sent();
    CHECK(sent.find("\"next\"") < sent.find("text/event-stream"));
    CHECK_THAT(sent, Contains("event: telemetry"));
    client->finish();
}
