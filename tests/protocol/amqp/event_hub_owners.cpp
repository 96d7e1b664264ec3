// Owner levels of readers (service API §7.5; row E05): they count over all connections.

#include "event_hub_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

attach_options with_level(amqp::value level) {
    attach_options how;
    how.properties = {{amqp::symbol{"com.microsoft:epoch"}, std::move(level)},
                      {amqp::symbol{"com.microsoft:receiver-name"}, "reader"}};
    return how;
}

} // namespace

TEST_CASE("a higher level steals from another connection") {
    reading_world w;
    reading_peer p(w);
    reading_peer q(w);
    peer_link& older = p.read("", with_level(std::int64_t{1}));
    peer_link& newer = q.read("", with_level(std::int64_t{2}));
    CHECK(p.end_of(older).condition == "amqp:link:stolen");
    CHECK(older.ended->description.starts_with("New receiver 'reader' with higher epoch of '2'"));
    w.send("a");
    p.run();
    q.run();
    CHECK(older.inbox.empty());
    CHECK(bodies(newer) == texts{"a"});
}

TEST_CASE("a level steals from a reader without one, on the same connection too") {
    reading_world w;
    reading_peer p(w);
    peer_link& older = p.read("");
    const amqp::value level = std::int32_t{0}; // of any integer type
    peer_link& newer = p.read("", with_level(level));
    CHECK(p.end_of(older).condition == "amqp:link:stolen");
    CHECK_FALSE(newer.ended);
}

TEST_CASE("an owner keeps out a lower level and none until its link ends") {
    reading_world w;
    reading_peer p(w);
    peer_link& owner = p.read("", with_level(std::int64_t{5}));
    CHECK(p.end_of(p.read("", with_level(std::int64_t{4}))).condition == "amqp:link:stolen");
    CHECK(p.end_of(p.read("")).condition == "amqp:link:stolen");
    CHECK_FALSE(owner.ended);
    p.detach(owner);
    peer_link& next = p.read("");
    CHECK(p.end_of(next).condition.empty());
    CHECK(next.attached);
}

TEST_CASE("an owner whose connection is gone owns nothing") {
    reading_world w;
    {
        reading_peer p(w);
        p.read("", with_level(std::int64_t{5}));
    }
    reading_peer q(w);
    peer_link& next = q.read("");
    CHECK(q.end_of(next).condition.empty());
}

TEST_CASE("five readers without a level, and no more") {
    reading_world w;
    reading_peer p(w);
    for (int i = 0; i < 5; ++i) {
        CHECK(p.read("").attached);
    }
    peer_link& sixth = p.read("");
    CHECK(p.end_of(sixth).condition == "amqp:resource-limit-exceeded");
    CHECK(p.receiver(w.address("another")).attached);
}
