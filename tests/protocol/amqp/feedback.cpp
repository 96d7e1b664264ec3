// Back ends receive feedback (service API §7.3; row C03).

#include "back_end_peer.hpp"
#include "common/json.hpp"
#include "emulator/amqp/lock_tag.hpp"
#include "emulator/core/c2d/feedback_queue.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct back_end : back_end_peer {
    using back_end_peer::back_end_peer;

    peer_link& receiver(int credit = 100) {
        return p.receiver("/messages/serviceBound/feedback", {.name = {}, .credit = credit});
    }

    // A message with that id ends, and its sender wants to know.
    void end(const std::string& id) {
        core::c2d_message m;
        m.ack = core::feedback_wanted::full;
        if (!id.empty()) {
            m.system_properties = {{"message-id", id}};
        }
        REQUIRE(w.hub.send(device, m));
        w.hub.c2d().purge(device);
    }

    // The ids in the oldest delivery, "a b "; it is in `last`.
    std::string next(peer_link& from) {
        if (!take(from)) {
            return "nothing";
        }
        std::string ids;
        const json records = parse_json(last.content.data.at(0)).value();
        for (const json& record : records) {
            ids += record["originalMessageId"].get<std::string>() + " ";
        }
        return ids;
    }
};

} // namespace

TEST_CASE("feedback as SDKs read it") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver();
    REQUIRE(in.attached);
    b.end("m1");
    b.p.run();
    REQUIRE(in.inbox.size() == 1);
    const received_message& got = in.inbox.front();
    CHECK_FALSE(got.settled);
    CHECK(got.tag.size() == 16);
    CHECK(b.w.hub.feedback().next_deadline() == w.clock.now() + 60s);
    REQUIRE(got.content.properties);
    CHECK(got.content.properties->content_type == "application/vnd.microsoft.iothub.feedback.json");
    CHECK(got.content.properties->user_id == "localhost");
    const auto time =
        std::chrono::floor<std::chrono::milliseconds>(w.clock.now().time_since_epoch());
    CHECK(got.content.annotations ==
          amqp::map{{amqp::symbol{"iothub-enqueuedtime"}, amqp::milliseconds{time.count()}}});
    REQUIRE(got.content.data.size() == 1);
    CHECK(got.content.data[0] ==
          R"([{"originalMessageId":"m1","description":"Purged","deviceGenerationId":)"
          R"("637000000000000000","deviceId":"dev1","enqueuedTimeUtc":")" +
              iso_8601(w.clock.now()) + R"(","statusCode":"Purged"}])");
}

TEST_CASE("the tag is the token of the lock") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver();
    b.end("m1");
    b.p.run();
    REQUIRE(b.next(in) == "m1 ");
    CHECK(w.hub.feedback().complete(amqp::lock_token(b.last.tag).value()));
}

TEST_CASE("what waits is one batch, whatever its receiver's credit") {
    world w;
    back_end b(w);
    b.end("a");
    b.end("b");
    peer_link& in = b.receiver(5);
    CHECK(b.next(in) == "a b ");
    CHECK(b.next(in) == "nothing");
    b.end("c");
    b.end("d");
    b.p.run();
    CHECK(b.next(in) == "c d ");
}

TEST_CASE("a batch has 64 records at most, and there is one for each credit") {
    world w;
    back_end b(w);
    for (int i = 0; i < 130; ++i) {
        b.end("m");
    }
    peer_link& in = b.receiver(2);
    REQUIRE(in.inbox.size() == 2);
    CHECK(parse_json(in.inbox[0].content.data[0])->size() == 64);
    CHECK(parse_json(in.inbox[1].content.data[0])->size() == 64);
    b.p.give_credit(in, 1);
    REQUIRE(in.inbox.size() == 3);
    CHECK(parse_json(in.inbox[2].content.data[0])->size() == 2);
}

TEST_CASE("without credit nothing is sent, nor locked") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver(0);
    b.end("a");
    b.p.run();
    CHECK(b.next(in) == "nothing");
    CHECK(w.hub.feedback().receive());
}

TEST_CASE("how feedback is settled") {
    const auto [state, comes_again] = GENERATE(Catch::Generators::table<std::string, bool>({
        {"accepted", false},
        {"rejected", false},
        {"released", true},
        {"modified", true},
    }));
    CAPTURE(state);
    world w;
    back_end b(w);
    peer_link& in = b.receiver(1);
    b.end("a");
    b.p.run();
    REQUIRE(b.next(in) == "a ");
    const std::string first = b.last.tag;
    b.p.settle(in, b.last.number, state);
    b.p.give_credit(in, 1);
    CHECK(b.next(in) == (comes_again ? "a " : "nothing"));
    CHECK((b.last.tag == first) == !comes_again);
    CHECK(w.store.list_feedback(10).size() == (comes_again ? 1 : 0));
}

TEST_CASE("a receiver that leaves the settling to the hub, as .NET's") {
    world w;
    back_end b(w);
    peer_link& in =
        b.p.receiver("/messages/serviceBound/feedback", {.name = {}, .second = true, .credit = 1});
    b.end("a");
    b.p.run();
    REQUIRE(b.next(in) == "a ");
    b.p.settle(in, b.last.number, "accepted", false);
    CHECK(w.store.list_feedback(10).empty());
    b.end("b");
    b.p.give_credit(in, 1);
    CHECK(b.next(in) == "b ");
}

TEST_CASE("feedback that was abandoned ten times is dropped") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver(100);
    b.end("a");
    b.p.run();
    for (int i = 0; i < 10; ++i) {
        REQUIRE(b.next(in) == "a ");
        b.p.settle(in, b.last.number, "released");
    }
    CHECK(b.next(in) == "nothing");
    CHECK(w.store.list_feedback(10).empty());
}

TEST_CASE("feedback that is not settled within a minute comes again, and its lock is lost") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver();
    b.end("a");
    b.p.run();
    REQUIRE(b.next(in) == "a ");
    const auto late = b.last.number;
    b.p.wait(59s);
    CHECK(b.next(in) == "nothing");
    b.p.wait(1s);
    CHECK(b.next(in) == "a ");
    b.p.settle(in, late, "accepted", false);
    CHECK(w.store.list_feedback(10).size() == 1);
    CHECK(w.log.mentions("settled too late"));
    b.p.settle(in, b.last.number, "accepted");
    CHECK(w.store.list_feedback(10).empty());
}

TEST_CASE("receivers compete, and take turns") {
    world w;
    back_end one(w);
    back_end other(w);
    peer_link& first = one.receiver();
    peer_link& second = other.receiver();
    one.end("a");
    one.p.run();
    other.p.run();
    CHECK(one.next(first) == "a ");
    CHECK(other.next(second) == "nothing");
    one.end("b");
    one.p.run();
    other.p.run();
    CHECK(one.next(first) == "nothing");
    CHECK(other.next(second) == "b ");
}

TEST_CASE("what a receiver has not settled when it leaves goes to another at once") {
    world w;
    back_end one(w);
    back_end other(w);
    peer_link& first = one.receiver();
    one.end("a");
    one.p.run();
    REQUIRE(one.next(first) == "a ");
    peer_link& second = other.receiver();
    CHECK(other.next(second) == "nothing");
    SECTION("it detaches its link") {
        one.p.detach(first);
    }
    SECTION("it ends its session") {
        one.p.end_session();
    }
    SECTION("it closes its connection") {
        one.p.close();
    }
    SECTION("its connection breaks") {
        one.p.hub_side().stream_ended("reset");
    }
    other.p.run();
    CHECK(other.next(second) == "a ");
}

TEST_CASE("leaving does not count as a delivery") {
    world w;
    {
        back_end b(w);
        b.end("a");
    }
    for (int i = 0; i < 11; ++i) {
        back_end b(w);
        CHECK(b.next(b.receiver()) == "a ");
    }
}

TEST_CASE("feedback of a message without an id") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver();
    b.end("");
    b.p.run();
    REQUIRE(in.inbox.size() == 1);
    CHECK_FALSE(parse_json(in.inbox[0].content.data[0])->at(0).contains("originalMessageId"));
}

TEST_CASE("other spellings of the node's address") {
    world w;
    back_end b(w);
    const char* const address =
        GENERATE("/messages/servicebound/feedback", "messages/serviceBound/feedback",
                 "amqps://hub.test:5671/messages/servicebound/feedback/");
    b.end("a");
    CHECK(b.next(b.p.receiver(address)) == "a ");
}

TEST_CASE("nothing is sent where feedback is received") {
    world w;
    back_end b(w);
    peer_link& out = b.p.sender("/messages/servicebound/feedback");
    b.p.wait(20ms);
    REQUIRE(out.ended);
    CHECK(out.ended->condition == "amqp:not-allowed");
}

TEST_CASE("a store that cannot be read delivers later") {
    world w;
    back_end b(w);
    peer_link& in = b.receiver(1);
    b.end("a");
    w.hub.end_turn();
    w.store.reads_fail = true;
    b.p.run();
    CHECK(b.next(in) == "nothing");
    w.store.reads_fail = false;
    b.p.give_credit(in, 1);
    CHECK(b.next(in) == "a ");
}
