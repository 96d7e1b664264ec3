// What a peer that has proved nothing may keep, and for how long (reliability §2.2): before a token
// is accepted, or a device's link by its certificate, little is kept, and not forever.

#include "emulator/amqp/values/message.hpp"
#include "peer.hpp"
#include "raw_peer.hpp"
#include "support/catch.hpp"
#include "token_request.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;
using namespace std::chrono_literals;

namespace {

const net::peer with_certificate{"127.0.0.1:50000", {"nobody's"}};

// Has opened; its senders of "$cbs" have the handles 0 and 2.
struct stranger : raw_peer {
    explicit stranger(world& w, const net::peer& who = {"127.0.0.1:50000", {}})
        : raw_peer(w, who) {
        const auto all = device_conversation();
        send_each({all.begin(), all.begin() + 6});
        send(attach_frame(2, "second", false, "$cbs"));
        REQUIRE_FALSE(ended());
    }

    static std::string putting(const std::string& token, char id = 0) {
        return transfer_frame(0, id, amqp::encode_message(token_request("m", token)));
    }
    static std::string unfinished(char handle, char id, std::size_t size = 40'000) {
        return transfer_frame(handle, id, std::string(size, 'x'), true);
    }
    void begin_two(char first_id) {
        send(unfinished(0, first_id) + unfinished(2, static_cast<char>(first_id + 1)));
    }
    bool closed_with(const std::string& condition) const {
        return ended() && condition_of("18") == condition;
    }
};

std::string short_token(ticks life) {
    return make_sas_token("hub.test/devices/dev1", identity_secret, manual_clock().now() + life)
        .value();
}

} // namespace

TEST_CASE("who has proved nothing keeps little of unfinished messages") {
    const net::peer who = GENERATE(net::peer{"127.0.0.1:50000", {}}, with_certificate);
    world w;
    stranger p(w, who);
    SECTION("of all links together") {
        p.send(p.unfinished(0, 0));
        CHECK_FALSE(p.ended());
        p.send(p.unfinished(2, 1));
    }
    SECTION("of one") {
        p.send(p.unfinished(0, 0));
        CHECK_FALSE(p.ended());
        p.send(p.unfinished(0, 0));
    }
    SECTION("after a token that was refused, too") {
        p.send(p.putting("nonsense"));
        p.begin_two(1);
    }
    CHECK(p.closed_with("amqp:resource-limit-exceeded"));
}

TEST_CASE("a token that fills a frame is looked at before anything is proved") {
    world w;
    stranger p(w);
    p.send(p.putting(std::string(60'000, 'x')));
    CHECK_FALSE(p.ended());
    CHECK(w.log.mentions("a token is refused"));
}

TEST_CASE("who has proved nothing sends small frames, but for messages") {
    const net::peer who = GENERATE(net::peer{"127.0.0.1:50000", {}}, with_certificate);
    const std::string null = hex("40");
    const std::string large =
        amqp_frame("12", {hex("b1") + number_32(9'000) + std::string(9'000, 'n'), hex("52 03"),
                          hex("42"), null, null, performative("28", {}),
                          performative("29", {str("$cbs")}), null, null, uint_of(0)});
    world w;
    stranger p(w, who);
    SECTION("a larger one ends the connection") {
        p.send(large);
        CHECK(p.closed_with("amqp:connection:framing-error"));
    }
    SECTION("after a token it is taken") {
        p.send(p.putting(token_of(device)) + large);
        CHECK_FALSE(p.ended());
    }
}

TEST_CASE("who has proved nothing has few links, refused ones among them") {
    const std::string token = GENERATE(as<std::string>(), "nonsense", token_of(device));
    world w;
    stranger p(w);
    p.send(p.putting(token));
    const auto attach = [&p](int number) {
        p.send(attach_frame(static_cast<char>(number), "l" + std::to_string(number), false, "no"));
    };
    for (int number = 3; number < 20; ++number) {
        attach(number);
        p.wait(20ms);
    }
    CHECK_FALSE(p.ended());
    attach(20);
    CHECK(p.closed_with("amqp:resource-limit-exceeded") == (token == "nonsense"));
    CHECK(p.ended() == (token == "nonsense"));
}

TEST_CASE("who has proved something may keep more") {
    world w;
    stranger p(w);
    SECTION("at once") {
        p.send(p.putting(token_of(device)) + p.unfinished(0, 1) + p.unfinished(2, 2));
    }
    SECTION("after the token has ended, too") {
        p.send(p.putting(short_token(10s)));
        p.wait(11s);
        p.begin_two(1);
    }
    CHECK_FALSE(p.ended());
}

TEST_CASE("who proves nothing in time is let go") {
    const std::string token = GENERATE("", "nonsense");
    world w;
    stranger p(w);
    if (!token.empty()) {
        p.send(p.putting(token));
    }
    p.wait(amqp::connection::proof_limit - 1s);
    CHECK_FALSE(p.ended());
    p.wait(1s);
    CHECK(p.closed_with("amqp:connection:forced"));
    CHECK(w.log.mentions("127.0.0.1:50000: closed: nothing was proved within 60 s of its open"));
}

TEST_CASE("the time for a proof begins with the open") {
    world w;
    raw_peer p(w);
    p.wait(9s);
    p.send(protocol_header(0) + open_frame());
    p.wait(amqp::connection::proof_limit - 1s);
    CHECK_FALSE(p.ended());
    p.wait(1s);
    CHECK(p.ended());
}

TEST_CASE("who has proved something, or shows a certificate, may wait") {
    world w;
    SECTION("a token") {
        stranger p(w);
        p.wait(59s);
        p.send(p.putting(token_of(device)));
        p.wait(2min);
        CHECK_FALSE(p.ended());
    }
    SECTION("a token that has ended since") {
        stranger p(w);
        p.send(p.putting(short_token(10s)));
        p.wait(2min);
        CHECK_FALSE(p.ended());
    }
    SECTION("a back end's") {
        stranger p(w);
        p.send(p.putting(policy_token("service")));
        p.wait(2min);
        CHECK_FALSE(p.ended());
    }
    SECTION("SASL PLAIN") {
        peer p(w);
        REQUIRE(p.open_with_sasl("PLAIN", "iothubowner@sas.root.hub", policy_token()));
        p.wait(2min);
        CHECK_FALSE(p.closed());
    }
    SECTION("a certificate, of which no link has shown whose it is") {
        stranger p(w, with_certificate);
        p.wait(2min);
        CHECK_FALSE(p.ended());
    }
}
