#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using test::managed_hub;

namespace {

// Asks and waits: the answer is looked at later.
std::shared_ptr<test::fake_stream> wait(managed_hub& h, const std::string& query) {
    const auto stream = h.connect();
    stream->deliver(managed_hub::request("GET", "/api/events?" + query));
    return stream;
}

// How many events the answer holds; -1 where there is none yet.
int answered(test::fake_stream& stream) {
    const auto a = test::read_answer(stream.take_sent());
    if (a.status == 0) {
        return -1;
    }
    REQUIRE(a.status == 200);
    return static_cast<int>(a.document().at("events").size());
}

} // namespace

TEST_CASE("waiting for events: answered when there are so many") {
    managed_hub h;
    const auto client = wait(h, "count=2");
    CHECK(answered(*client) == -1);
    h.send({"a", ""}, "1");
    CHECK(answered(*client) == -1);
    h.send({"b", ""}, "2");
    CHECK(answered(*client) == 2);
    h.send({"b", ""}, "3");
    CHECK(client->take_sent().empty());
    client->finish();
}

TEST_CASE("waiting for events: not at all where there are enough") {
    managed_hub h;
    h.send({"a", ""}, "1");
    h.send({"a", ""}, "2");
    CHECK(answered(*wait(h, "count=1")) == 2);
    CHECK(answered(*wait(h, "wait=5")) == 2);
}

TEST_CASE("waiting for events: only those count that the filter and the cursor admit") {
    managed_hub h;
    h.send({"a", ""}, "before");
    const auto client = wait(h, "wait=5&device=a&module=m&after=now");
    h.send({"a", ""}, "1");
    h.send({"b", "m"}, "2");
    CHECK(answered(*client) == -1);
    h.send({"a", "m"}, "3");
    CHECK(answered(*client) == 1);
    client->finish();
}

TEST_CASE("waiting for events: the time is over, and there is what there is") {
    managed_hub h;
    const auto few = wait(h, "count=3&wait=10.5");
    const auto none = wait(h, "wait=10.5&device=nobody");
    const auto usual = wait(h, "count=3");
    h.send({"a", ""}, "1");
    h.pass(10s);
    CHECK(answered(*few) == -1);
    CHECK(answered(*none) == -1);
    h.pass(500ms);
    CHECK(answered(*few) == 1);
    CHECK(answered(*none) == 0);
    CHECK(answered(*usual) == -1);
    h.pass(20s);
    CHECK(answered(*usual) == 1);
    CHECK_FALSE(h.audience->next_deadline());
    for (const auto& client : {few, none, usual}) {
        client->finish();
    }
}

TEST_CASE("waiting for events: later requests of the connection wait for their turn") {
    managed_hub h;
    const auto client = wait(h, "count=1");
    client->deliver(managed_hub::request("GET", "/health"));
    CHECK(client->take_sent().empty());
    h.send({"a", ""}, "1");
    const std::string sent = client->take_sent();
    CHECK(sent.find("\"events\"") < sent.find("healthy"));
    client->finish();
}

TEST_CASE("waiting for events: events of a turn that was not kept wake nobody") {
    managed_hub h;
    const auto client = wait(h, "count=1");
    h.store.commits_fail = true;
    h.send({"a", ""}, "1");
    CHECK(answered(*client) == -1);
    h.store.commits_fail = false;
    h.send({"a", ""}, "2");
    CHECK(answered(*client) == 1);
    client->finish();
}

TEST_CASE("waiting for events: a client that left makes room, a stopping hub answers") {
    managed_hub h;
    std::vector<std::shared_ptr<test::fake_stream>> clients;
    for (std::size_t i = 0; i < management::event_audience::max_listeners; ++i) {
        clients.push_back(wait(h, "wait=100"));
    }
    const auto refused = wait(h, "wait=100");
    CHECK(test::read_answer(refused->take_sent()).status == 429);
    clients.front()->finish();
    const auto admitted = wait(h, "wait=100");
    CHECK(admitted->take_sent().empty());

    h.audience->close();
    CHECK(answered(*admitted) == 0);
    CHECK(answered(*clients.back()) == 0);
    CHECK(test::read_answer(wait(h, "wait=100")->take_sent()).status == 429);
    for (const auto& client : clients) {
        client->finish();
    }
    refused->finish();
    admitted->finish();
}

TEST_CASE("waiting for events: a store that cannot be read ends it with 500") {
    managed_hub h;
    const auto client = wait(h, "count=1");
    h.store.reads_fail = true;
    h.send({"a", ""}, "1");
    CHECK(test::read_answer(client->take_sent()).status == 500);
    CHECK(h.journal.mentions("the disk is broken"));
    client->finish();
}
