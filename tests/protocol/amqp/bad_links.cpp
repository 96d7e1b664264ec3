// Peers that speak AMQP well and behave badly on their links: too much, too large, too many, to
// whom they are not (OASIS AMQP 1.0, part 2 §2.6; device protocol §2).

#include "device_peer.hpp"
#include "peer.hpp"
#include "raw_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;
using namespace std::chrono_literals;

namespace {

// Eight frames of a device: its telemetry link has handle 2.
void attach_telemetry(raw_peer& p) {
    const auto all = device_conversation();
    p.send_each({all.begin(), all.begin() + 8});
    REQUIRE_FALSE(p.ended());
}

std::string data_of(std::size_t size) {
    return hex("00 53 75 b0") + number_32(static_cast<std::uint32_t>(size)) +
           std::string(size, 'x');
}

} // namespace

TEST_CASE("a delivery without an end is cut off, and the session goes on") {
    world w;
    raw_peer p(w);
    attach_telemetry(p);
    for (int i = 0; i < 40; ++i) {
        p.send(transfer_frame(2, 1, std::string(60'000, 'x'), true));
    }
    CHECK_FALSE(p.ended());
    p.wait(20ms);
    CHECK(p.condition_of("16") == "amqp:link:message-size-exceeded");
    p.send(amqp_frame("16", {hex("52 02"), hex("41")}));
    p.send(attach_frame(2, "telemetry", false, "/devices/dev1/messages/events"));
    for (char id = 2; id < 60; ++id) {
        p.send(transfer_frame(2, id, data_of(1'000)));
    }
    CHECK_FALSE(p.ended());
    CHECK(w.events("dev1").size() == 58);
}

TEST_CASE("an aborted delivery is forgotten") {
    world w;
    raw_peer p(w);
    attach_telemetry(p);
    p.send(transfer_frame(2, 1, data_of(100), true));
    p.send(amqp_frame("14", {hex("52 02"), uint_of(1), bin("t"), hex("40"), hex("40"), hex("42"),
                             hex("40"), hex("40"), hex("40"), hex("41")}));
    CHECK(w.events("dev1").empty());
    p.send(transfer_frame(2, 2, data_of(10)));
    CHECK(w.events("dev1").size() == 1);
}

TEST_CASE("after a batch that was aborted a message is no batch, and there is credit again") {
    world w;
    raw_peer p(w);
    attach_telemetry(p);
    const int flows = p.count("13");
    for (std::uint32_t id = 1; id <= 600; ++id) {
        p.send(
            amqp_frame("14", {hex("52 02"), uint_of(id), bin("t"), uint_of(amqp::batch_format),
                              hex("40"), hex("42"), hex("40"), hex("40"), hex("40"), hex("41")}));
    }
    CHECK(p.count("13") > flows);
    p.send(
        frame_of(0, 0, performative("14", {hex("52 02"), uint_of(601), bin("t")}) + data_of(10)));
    CHECK_FALSE(p.ended());
    CHECK(w.events("dev1").size() == 1);
}

TEST_CASE("the format of a delivery's first transfer makes it a batch") {
    world w;
    raw_peer p(w);
    attach_telemetry(p);
    amqp::message envelope;
    envelope.data = {amqp::encode_message(text_message("a")),
                     amqp::encode_message(text_message("b"))};
    const std::string batch = amqp::encode_message(envelope);
    const auto first = batch.substr(0, 10);
    p.send(frame_of(0, 0,
                    performative("14", {hex("52 02"), uint_of(1), bin("t"),
                                        uint_of(amqp::batch_format), hex("40"), hex("41")}) +
                        first));
    p.send(transfer_frame(2, 1, batch.substr(first.size())));
    p.send(transfer_frame(2, 2, data_of(10)));
    REQUIRE(w.events("dev1").size() == 3);
    CHECK(w.events("dev1")[0].body == "a");
    CHECK(w.events("dev1")[1].body == "b");
}

TEST_CASE("who sends beyond its credit is detached") {
    world w;
    raw_peer p(w);
    attach_telemetry(p);
    // Its own count of deliveries says that all its credit was used.
    p.send(amqp_frame("13", {uint_of(0), uint_of(2048), uint_of(1), uint_of(2048), hex("52 02"),
                             uint_of(1000), uint_of(0)}));
    p.send(transfer_frame(2, 1, data_of(10)));
    p.wait(20ms);
    CHECK(p.condition_of("16") == "amqp:link:transfer-limit-exceeded");
    CHECK_FALSE(p.ended());
    CHECK(w.events("dev1").empty());
}

TEST_CASE("credit of any size is no harm") {
    world w;
    raw_peer p(w);
    const auto all = device_conversation();
    p.send_each({all.begin(), all.begin() + 12});
    for (const std::uint32_t credit : {0xffffffffU, 0x80000000U, 0x7fffffffU, 0U, 1U}) {
        p.send(flow_frame(3, credit));
        p.send(flow_frame(2, credit));
    }
    p.send(
        amqp_frame("13", {uint_of(0x80000000U), uint_of(0xffffffffU), uint_of(1),
                          uint_of(0xffffffffU), hex("52 02"), uint_of(0x80000000U), uint_of(0)}));
    CHECK_FALSE(p.ended());
}

TEST_CASE("messages of any size below the limit leave in frames of 512 bytes") {
    world w;
    raw_peer p(w);
    auto all = device_conversation();
    all[1] = amqp_frame("10", {str("raw"), str("hub.test"), uint_of(100)}); // too small: 512 it is
    p.send_each({all.begin(), all.begin() + 13});
    core::c2d_message message;
    message.body = std::string(20'000, 'y');
    REQUIRE(w.hub.send(device, std::move(message)));
    p.wait(0ms);
    CHECK(p.count("14") > 20'000 / 512);
    CHECK_FALSE(p.ended());
}

TEST_CASE("too large for a device's message is rejected, and its link goes on") {
    world w;
    device_peer d(w);
    peer_link& link = d.p.sender(d.at("messages/events"));
    const auto large = d.p.send(link, text_message(std::string(256 * 1024 + 1, 'x')));
    CHECK(link.sent[large].state == "rejected");
    CHECK(link.sent[large].condition == "amqp:link:message-size-exceeded");
    const auto small = d.p.send(link, text_message("x"));
    CHECK(link.sent[small].state == "accepted");
    CHECK_FALSE(link.ended);
}

TEST_CASE("a link refuses what is no message, and gives its credit again") {
    world w;
    device_peer d(w);
    peer_link& link = d.p.sender(d.at("messages/events"));
    for (int i = 0; i < 2'500; ++i) {
        const auto sent = d.p.send_encoded(link, "no message");
        REQUIRE(link.sent[sent].state == "rejected");
        REQUIRE(link.sent[sent].condition == "com.microsoft:argument-error");
    }
    CHECK(link.credit > 0);
    CHECK(link.sent[d.p.send(link, text_message("x"))].state == "accepted");
}

TEST_CASE("a device's links are its own") {
    world w;
    w.add({"dev2", ""});
    device_peer d(w);
    for (const char* const node :
         {"/devices/dev2/messages/events", "/devices/dev2/twin", "/devices/dev1/modules/m1/twin",
          "/devices/nobody/twin", "/messages/devicebound", "/messages/serviceBound/feedback"}) {
        INFO(node);
        peer_link& link = d.p.sender(node);
        d.p.wait(20ms);
        REQUIRE(link.ended);
        CHECK(link.ended->condition == "amqp:unauthorized-access");
        CHECK_FALSE(link.attached);
    }
    CHECK(w.hub.sessions().find({"dev2", ""}) == nullptr);
}

TEST_CASE("one peer attaches only so many links") {
    world w;
    device_peer d(w);
    int refused = 0;
    for (int i = 0; i < 100; ++i) {
        peer_link& link = d.p.receiver(d.at("messages/devicebound"));
        d.p.wait(20ms);
        refused += link.ended && link.ended->condition == "amqp:resource-limit-exceeded" ? 1 : 0;
    }
    CHECK(refused == 36);
    CHECK(d.connected());
}

TEST_CASE("a flood of attaches ends at the most that one connection may have") {
    world w;
    raw_peer p(w);
    const auto all = device_conversation();
    p.send_each({all.begin(), all.begin() + 7});
    const auto handle = [](std::uint32_t number) { return uint_of(number); };
    std::uint32_t next = 10;
    while (!p.ended() && next < 11'000) {
        p.send(amqp_frame("12", {str("l" + std::to_string(next)), handle(next), hex("42"),
                                 hex("40"), hex("40"), hex("00 53 28 45"), hex("00 53 29 45")}));
        ++next;
    }
    CHECK(p.ended());
    CHECK(p.condition_of("18") == "amqp:resource-limit-exceeded");
    CHECK(next >= amqp::engine::max_links);
    CHECK(w.hub.sessions().size() == 0);
}

TEST_CASE("a flood of sessions ends at the most that one connection may have") {
    world w;
    raw_peer p(w);
    p.send(protocol_header(0) + open_frame());
    std::uint16_t channel = 0;
    while (!p.ended() && channel < 8000) {
        p.send(begin_frame(channel++));
    }
    CHECK(channel == amqp::engine::max_sessions + 1);
    CHECK(p.condition_of("18") == "amqp:resource-limit-exceeded");
}

TEST_CASE("a session that ends takes its links with it, whatever they were doing") {
    world w;
    raw_peer p(w);
    const auto all = device_conversation();
    p.send_each({all.begin(), all.begin() + 20});
    REQUIRE(w.hub.send(device, core::c2d_message()));
    p.wait(0ms);
    p.send(transfer_frame(2, 5, data_of(10), true));
    p.send(amqp_frame("17", {}));
    CHECK(w.hub.sessions().find(device) == nullptr);
    CHECK_FALSE(p.ended());
    p.send(begin_frame());
    p.send(attach_frame(2, "telemetry", false, "/devices/dev1/messages/events"));
    p.send(transfer_frame(2, 0, data_of(10)));
    CHECK(w.hub.sessions().find(device) != nullptr);
}

TEST_CASE("two sessions may serve one device") {
    world w;
    device_peer d(w);
    peer_link& first = d.p.sender(d.at("messages/events"));
    d.p.begin();
    peer_link& second = d.p.sender(d.at("messages/events"));
    CHECK(first.sent[d.p.send(first, text_message("a"))].state == "accepted");
    CHECK(second.sent[d.p.send(second, text_message("b"))].state == "accepted");
    d.p.end_session();
    CHECK(d.connected());
    CHECK(first.sent[d.p.send(first, text_message("c"))].state == "accepted");
    CHECK(w.events("dev1").size() == 3);
}

TEST_CASE("what is sent to $cbs in wrong types is answered with 400 or 401") {
    world w;
    peer p(w);
    p.open();
    peer_link& ask = p.sender("$cbs");
    peer_link& hear = p.receiver("$cbs");
    const auto status = [&](const amqp::map& properties, const amqp::value& body) {
        amqp::message request;
        request.application_properties = properties;
        request.body = body;
        p.send(ask, request);
        REQUIRE(hear.inbox.size() == 1);
        const auto answer = hear.inbox.front().content;
        hear.inbox.pop_front();
        return *amqp::find(answer.application_properties, "status-code")->integer();
    };
    const amqp::map put = {{"operation", "put-token"}, {"type", "servicebus.windows.net:sastoken"}};
    CHECK(status(put, std::uint32_t{7}) == 400);
    CHECK(status(put, amqp::list()) == 400);
    CHECK(status(put, amqp::map{{"token", "x"}}) == 400);
    CHECK(status(put, amqp::binary{token_of(device)}) == 400);
    CHECK(status({}, token_of(device)) == 400);
    CHECK(status({{"operation", std::int32_t{1}}}, token_of(device)) == 400);
    CHECK(status({{"operation", "delete-token"}}, token_of(device)) == 400);
    CHECK(status(put, "x") == 401);
    CHECK(status(put, token_of({"nobody", ""})) == 401);
    CHECK(status(put, token_of({"disabled", ""})) == 401);
    CHECK(status(put, std::string(20'000, 'x')) == 401);
    CHECK_FALSE(p.closed());
}

TEST_CASE("answers that nobody takes are bounded") {
    world w;
    device_peer d(w);
    peer_link& ask = d.p.sender("$cbs");
    peer_link& silent =
        d.p.receiver("$cbs", {.name = "silent", .peer_address = "silent", .credit = 0});
    amqp::message request;
    request.properties.emplace();
    request.properties->reply_to = "silent";
    request.body = "x";
    for (int i = 0; i < 1'000; ++i) {
        d.p.send(ask, request);
    }
    CHECK_FALSE(d.p.closed());
    d.p.give_credit(silent, 1'000);
    CHECK(silent.inbox.size() == amqp::outbox::max_waiting);
}

TEST_CASE("a peer that is silent for too long is closed") {
    world w;
    device_peer d(w);
    REQUIRE(d.connected());
    d.p.hub_side().check_deadline();
    w.clock.advance(amqp::engine::idle_time_out + 1ms);
    d.p.hub_side().check_deadline();
    CHECK(d.p.hub_side().ended());
    CHECK(d.p.hub_side().end_reason().starts_with("amqp:resource-limit-exceeded"));
    CHECK_FALSE(d.connected());
}

TEST_CASE("a peer that wants to hear often hears often") {
    world w;
    raw_peer p(w);
    p.send(protocol_header(0) +
           amqp_frame("10", {str("raw"), hex("40"), hex("40"), hex("40"), uint_of(1'000)}));
    const std::size_t before = p.heard().size();
    for (int i = 0; i < 10; ++i) {
        p.wait(500ms);
    }
    CHECK(p.heard().size() >= before + 8 * frame_of(0, 0, "").size());
    CHECK_FALSE(p.ended());
}
