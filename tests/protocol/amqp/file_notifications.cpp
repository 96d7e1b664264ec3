// Back ends learn of uploaded files (service API §7.4; row F01).

#include "back_end_peer.hpp"
#include "emulator/core/uploads/file_notification_service.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

const char* const node = "/messages/serviceBound/filenotifications";

struct back_end : back_end_peer {
    using back_end_peer::back_end_peer;

    void upload(const std::string& name) {
        core::file_notification one;
        one.device_id = "dev1";
        one.blob_name = "dev1/" + name;
        one.blob_uri = "https://acc.blob.core.windows.net/c/dev1/" + name;
        one.updated = std::chrono::floor<std::chrono::seconds>(w.clock.now());
        one.enqueued = w.clock.now();
        one.blob_size = 1234;
        w.hub.file_notifications().queue().add(one);
    }

    // The name in the oldest delivery, which is in `last`.
    std::string next(peer_link& from) {
        if (!take(from)) {
            return "nothing";
        }
        return parse_json(last.content.data.at(0)).value()["blobName"];
    }
};

} // namespace

TEST_CASE("a file notification as SDKs read it") {
    world w;
    back_end b(w);
    peer_link& in = b.p.receiver(node);
    REQUIRE(in.attached);
    b.upload("f");
    b.p.run();
    REQUIRE(in.inbox.size() == 1);
    const received_message& got = in.inbox.front();
    CHECK_FALSE(got.settled);
    CHECK(got.tag.size() == 16);
    REQUIRE(got.content.properties);
    CHECK(got.content.properties->content_type ==
          "application/vnd.microsoft.iothub.filenotification.json");
    CHECK(got.content.properties->user_id == "localhost");
    CHECK(amqp::find(got.content.annotations, "iothub-enqueuedtime") != nullptr);
    REQUIRE(got.content.data.size() == 1);
    CHECK(got.content.data[0] ==
          R"({"deviceId":"dev1","blobUri":"https://acc.blob.core.windows.net/c/dev1/f",)"
          R"("blobName":"dev1/f","lastUpdatedTime":")" +
              iso_8601_without_zone(std::chrono::floor<std::chrono::seconds>(w.clock.now())) +
              R"(+00:00","blobSizeInBytes":1234,"enqueuedTimeUtc":")" +
              iso_8601_round_trip(w.clock.now()) + R"("})");
}

TEST_CASE("one file a delivery, one delivery a credit") {
    world w;
    back_end b(w);
    b.upload("a");
    b.upload("b");
    b.upload("c");
    peer_link& in = b.p.receiver(node, {.name = {}, .credit = 2});
    CHECK(b.next(in) == "dev1/a");
    CHECK(b.next(in) == "dev1/b");
    CHECK(b.next(in) == "nothing");
    b.p.give_credit(in, 1);
    CHECK(b.next(in) == "dev1/c");
}

TEST_CASE("how a file notification is settled") {
    const auto [state, next] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"accepted", "nothing"},
        {"rejected", "nothing"},
        {"released", "dev1/a"},
        {"modified", "dev1/a"},
    }));
    CAPTURE(state);
    world w;
    back_end b(w);
    peer_link& in = b.p.receiver(node);
    b.upload("a");
    b.p.run();
    REQUIRE(b.next(in) == "dev1/a");
    b.p.settle(in, b.last.number, state);
    CHECK(b.next(in) == next);
}

TEST_CASE("a file notification that nobody settled comes again after a minute") {
    world w;
    back_end b(w);
    peer_link& in = b.p.receiver(node);
    b.upload("a");
    b.p.run();
    REQUIRE(b.next(in) == "dev1/a");
    b.p.wait(60s);
    CHECK(b.next(in) == "dev1/a");
}

TEST_CASE("who waits for notifications that nobody has asked for is told in the log") {
    world w;
    back_end b(w);
    peer_link& in = b.p.receiver(node);
    CHECK(in.attached);
    CHECK(w.log.mentions("blobStorage"));
}

TEST_CASE("nothing is sent where file notifications are received") {
    world w;
    back_end b(w);
    peer_link& out = b.p.sender(node);
    b.p.wait(20ms);
    REQUIRE(out.ended);
    CHECK(out.ended->condition == "amqp:not-allowed");
}
