// The session: what leaves when, and what happens when it cannot (DESIGN: turns; reliability §1).

#include "emulator/mqtt/serve.hpp"

#include <boost/asio/io_context.hpp>

#include <utility>

#include "common/sas_token.hpp"
#include "emulator/session/session.hpp"
#include "support/catch.hpp"
#include "support/fake_stream.hpp"
#include "world.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

constexpr auto events = "devices/dev1/messages/events/";

struct open_session {
    explicit open_session(world& in, const identity_key& key = device)
        : hub(in.hub) {
        mqtt::serve(hub, stream, loop.get_executor());
        say(packet::connect(good_connect(key)));
        REQUIRE(heard() == packet::connack(0));
    }
    ~open_session() {
        if (!over) {
            finish("the test ends");
        }
        hub.end_turn();
    }

    void say(std::string_view bytes) {
        stream->deliver(bytes);
        hub.end_turn();
    }
    // Turns until there is nothing left to run at once.
    void run_turns() {
        while (loop.poll_one() != 0) {
            hub.end_turn();
        }
    }
    std::string heard() { return stream->take_sent(); }
    void finish(std::string_view reason) {
        over = true;
        stream->finish(reason);
    }

    core::hub& hub;
    boost::asio::io_context loop;
    std::shared_ptr<fake_stream> stream = std::make_shared<fake_stream>();
    bool over = false;
};

// A twin whose response is 20 KB.
void grow_twin(world& w) {
    const std::string text(4000, 'x');
    w.change_desired(device, R"({"a":")" + text + R"(","b":")" + text + R"(","c":")" + text +
                                 R"(","d":")" + text + R"(","e":")" + text + "\"}");
}

std::string twin_requests(int count) {
    std::string bytes = packet::subscribe(1, {{"$iothub/twin/res/#", 0}});
    for (int i = 0; i < count; ++i) {
        bytes += packet::publish("$iothub/twin/GET/?$rid=" + std::to_string(i), "");
    }
    return bytes;
}

} // namespace

TEST_CASE("a reply leaves when the turn is committed, not before") {
    world w;
    open_session client(w);
    client.stream->deliver(packet::publish_1(1, events, "x"));
    CHECK(client.heard() == "");
    w.hub.end_turn();
    CHECK(client.heard() == packet::puback(1));
}

TEST_CASE("a turn that fails acknowledges nothing and drops the connection") {
    world w;
    open_session client(w);
    w.store.commits_fail = true;
    client.say(packet::publish_1(1, events, "x"));
    CHECK(client.heard() == "");
    CHECK(client.stream->aborted());
    CHECK_THAT(client.stream->end_reason(), Catch::Contains("the disk is full"));
    CHECK(w.hub.sessions().size() == 0);
    CHECK(w.log.mentions("the disk is full"));
    client.finish("aborted");
    w.store.commits_fail = false;
    w.hub.end_turn();
    CHECK(w.events("dev1").empty());
    CHECK(client.heard() == "");
}

TEST_CASE("a desired update joins the turn of who made it") {
    world w;
    open_session client(w);
    client.say(packet::subscribe(1, {{"$iothub/twin/PATCH/properties/desired/#", 0}}));
    CHECK(client.heard() == packet::suback(1, {0}));
    w.change_desired(device, R"({"x":1})");
    CHECK(client.heard() == "");
    w.hub.end_turn();
    CHECK(client.heard() == packet::publish("$iothub/twin/PATCH/properties/desired/?$version=2",
                                            R"({"x":1,"$version":2})"));
}

TEST_CASE("the last words leave before a close") {
    world w;
    open_session client(w);
    client.say(packet::publish_1(1, events, "x") + packet::publish_1(2, "elsewhere", "x"));
    CHECK(client.heard() == packet::puback(1));
    CHECK_THAT(client.stream->end_reason(), Catch::Contains("none that this identity"));
}

TEST_CASE("the newest connection is answered and the old one closed") {
    world w;
    open_session older(w);
    open_session newer(w);
    CHECK_THAT(older.stream->end_reason(), Catch::Contains("newer connection"));
    older.finish("closed");
    CHECK(w.hub.sessions().size() == 1);
    newer.say(packet::pingreq());
    CHECK(newer.heard() == packet::pingresp());
}

TEST_CASE("a stream that ends takes the session with it") {
    world w;
    open_session client(w);
    const std::weak_ptr<fake_stream> stream = client.stream;
    client.stream->deliver(packet::publish_1(1, events, "x"));
    client.finish("reset");
    client.stream.reset();
    CHECK(stream.expired());
    w.hub.end_turn();
    CHECK(w.hub.sessions().size() == 0);
    CHECK(w.events("dev1").size() == 1);
    CHECK(w.log.mentions("dev1: disconnected: reset"));
}

TEST_CASE("a client that does not read is held back, and goes on when it reads") {
    world w;
    grow_twin(w);
    open_session client(w);
    client.stream->stop_taking();
    client.say(twin_requests(100));
    client.run_turns();
    CHECK(client.stream->paused());
    CHECK(client.stream->queued() < 3 * session::pause_above);
    CHECK_FALSE(client.stream->ended());

    client.stream->take_again();
    w.hub.end_turn();
    client.run_turns();
    CHECK_THAT(client.heard(), Catch::Contains("$iothub/twin/res/200/?$rid=99{"));
    CHECK_FALSE(client.stream->paused());
}

TEST_CASE("answers of many turns follow one another though nothing else happens") {
    world w;
    grow_twin(w);
    open_session client(w);
    client.say(twin_requests(100));
    CHECK(client.stream->paused());
    client.run_turns();
    CHECK_THAT(client.heard(), Catch::Contains("$iothub/twin/res/200/?$rid=99{"));
    CHECK_FALSE(client.stream->paused());
}

TEST_CASE("a client that never reads what the hub sends it is dropped at 1 MiB") {
    world w;
    open_session client(w);
    client.say(packet::subscribe(1, {{"$iothub/twin/PATCH/properties/desired/#", 0}}));
    client.stream->stop_taking();
    constexpr std::size_t one_update = 64 * 1024;
    int updates = 0;
    while (!client.stream->ended() && updates < 1000) {
        grow_twin(w);
        w.hub.end_turn();
        CHECK(client.stream->queued() <= session::drop_above + one_update);
        ++updates;
    }
    CHECK(client.stream->end_reason() == "the client does not read what it is sent");
    CHECK(updates > 40);
    CHECK(w.hub.sessions().size() == 0);
}

TEST_CASE("large messages wait for a client that does not read, and cost it nothing") {
    const unsigned qos = GENERATE(0U, 1U);
    world w;
    open_session client(w);
    client.say(packet::subscribe(1, {{"devices/dev1/messages/devicebound/#", qos}}));
    CHECK(client.heard() == packet::suback(1, {qos}));
    client.stream->stop_taking();
    for (int i = 0; i < 50; ++i) {
        core::c2d_message message;
        message.body = std::string(60'000, 'x') + "<" + std::to_string(i) + ">";
        REQUIRE(w.hub.c2d().enqueue(device, message));
        w.hub.end_turn();
        client.run_turns();
    }
    CHECK_FALSE(client.stream->ended());
    CHECK(client.stream->queued() < session::drop_above / 2);
    CHECK(w.hub.c2d().list(device).size() > 40);

    client.stream->take_again();
    w.hub.end_turn();
    client.run_turns();
    std::string heard = client.heard();
    for (unsigned i = 0; qos == 1 && i < 50; ++i) {
        client.say(packet::puback(i + 2));
        client.run_turns();
        heard += client.heard();
    }
    for (int i = 0; i < 50; ++i) {
        CHECK(heard.find("<" + std::to_string(i) + ">") != heard.npos);
    }
    CHECK(w.hub.c2d().list(device).empty());
}

TEST_CASE("a message leaves with the turn in which it was enqueued, or not at all") {
    world w;
    open_session client(w);
    client.say(packet::subscribe(1, {{"devices/dev1/messages/devicebound/#", 1}}));
    client.heard();
    core::c2d_message message;
    message.body = "hello";
    REQUIRE(w.hub.c2d().enqueue(device, message));
    CHECK(client.heard() == "");
    w.store.commits_fail = true;
    w.hub.end_turn();
    CHECK(client.heard() == "");
    CHECK(client.stream->aborted());
    CHECK(w.hub.c2d().list(device).empty());
}

TEST_CASE("the timer ends a connection whose deadline has passed") {
    world w;
    w.clock.advance(999ms); // so that the token ends a millisecond later
    const auto stream = std::make_shared<fake_stream>();
    boost::asio::io_context loop;
    mqtt::serve(w.hub, stream, loop.get_executor());
    packet::connect_fields hello = good_connect(device);
    hello.password =
        make_sas_token("hub.test/devices/dev1", identity_secret, w.clock.now() + 1ms).value();
    stream->deliver(packet::connect(hello));
    w.hub.end_turn();
    CHECK(stream->take_sent() == packet::connack(0));

    loop.run_one(); // the timer of CONNECT, which was set anew
    loop.run_one(); // too early by the hub's clock: it is set again
    CHECK_FALSE(w.hub.current_turn().pending());
    w.clock.advance(1ms);
    while (!w.hub.current_turn().pending()) {
        loop.run_one();
    }
    w.hub.end_turn();
    CHECK(stream->end_reason() == "its token or certificate has expired");
    stream->finish("closed");
    loop.run();
}
