// Direct methods over AMQP (device protocol §2.8; rows M01, M02).

#include "method_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

TEST_CASE("a device is called and answers under the UUID of the call") {
    world w;
    method_peer m(w);
    CHECK(m.in.settles_at_once);
    m.invoke();
    REQUIRE(m.in.inbox.size() == 1);
    const received_message call = m.in.inbox.front();
    CHECK(call.settled);
    CHECK(amqp::find_text(call.content.application_properties, "IoThub-methodname") == "blink");
    CHECK(call.content.data == std::vector<std::string>{"{\"n\":3}"});
    const amqp::value id = call.content.properties->correlation_id;
    REQUIRE(id.as<amqp::uuid>() != nullptr);
    SECTION("as a uuid") {
        CHECK(m.responds(id, 200, "{\"ok\":1}").state == "accepted");
    }
    SECTION("as its text") {
        CHECK(m.responds(*amqp::plain_text(id), std::int64_t{200}, "{\"ok\":1}").state ==
              "accepted");
    }
    CHECK(m.answer == "200 {\"ok\":1}");
}

TEST_CASE("a call without a payload has an empty data section") {
    world w;
    method_peer m(w);
    m.invoke("");
    REQUIRE(m.in.inbox.size() == 1);
    CHECK(m.in.inbox.front().content.data == std::vector<std::string>{""});
}

TEST_CASE("a response without a status is rejected, and one that nobody waits for is ignored") {
    world w;
    method_peer m(w);
    m.invoke();
    const amqp::value id = m.in.inbox.front().content.properties->correlation_id;
    CHECK(m.responds(id, "200", "").condition == "com.microsoft:argument-error");
    CHECK(m.responds(amqp::uuid{}, 200, "").state == "accepted");
    CHECK(w.log.mentions("a method response that nobody waits for"));
    CHECK(m.answer.empty());
}

TEST_CASE("a call waits for credit") {
    world w;
    method_peer m(w, 0);
    m.invoke();
    CHECK(m.in.inbox.empty());
    CHECK(m.answer.empty());
    m.d.p.give_credit(m.in, 1);
    CHECK(m.in.inbox.size() == 1);
}

TEST_CASE("a device without a link for methods takes none") {
    world w;
    method_peer m(w);
    m.d.p.detach(m.in);
    m.invoke();
    CHECK_FALSE(m.answer.empty());
}

TEST_CASE("a call fails when the device goes before it has answered") {
    world w;
    method_peer m(w);
    m.invoke();
    m.d.p.close();
    CHECK(m.answer == "The device disconnected before it answered.");
}
