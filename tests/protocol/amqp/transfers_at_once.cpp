// Transfers that come in one piece, as a busy client's do: each is taken as if it had come alone
// (device protocol §2.5).

#include "raw_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;

namespace {

// A device whose telemetry link has handle 2.
struct device_with_link {
    device_with_link() {
        const auto all = device_conversation();
        p.send_each({all.begin(), all.begin() + 8});
        REQUIRE_FALSE(p.ended());
    }

    // Without what the events are not compared by.
    std::vector<std::string> bodies() {
        std::vector<std::string> found;
        for (const core::event& e : w.events("dev1")) {
            found.push_back(e.body);
        }
        return found;
    }

    world w;
    raw_peer p{w};
};

using texts = std::vector<std::string>;

std::string section_of(std::string_view text) {
    return hex("00 53 75") + bin(text);
}

std::string message(char id, std::string_view text) {
    return transfer_frame(2, id, section_of(text));
}

// A delivery's first transfer: with a format, and with others to come.
std::string batch_frame(char id, std::string_view payload, bool more = false) {
    return frame_of(
        0, 0,
        performative("14", {hex("52 02"), uint_of(static_cast<unsigned char>(id)), bin("t"),
                            hex("70 80 01 37 00"), hex("40"), more ? hex("41") : hex("42")}) +
            std::string(payload));
}

std::string batch_of(std::string_view one, std::string_view other) {
    return section_of(section_of(one)) + section_of(section_of(other));
}

} // namespace

TEST_CASE("messages that come at once are all taken, in their order") {
    device_with_link d;
    std::string all;
    texts expected;
    for (char id = 1; id <= 100; ++id) {
        expected.push_back(std::to_string(id));
        all += message(id, expected.back());
    }
    const int before = d.p.count("15");
    d.p.send(all);
    CHECK(d.bodies() == expected);
    CHECK(d.p.count("15") == before + 1); // one disposition for all
}

TEST_CASE("among messages that come at once only the batch is one") {
    device_with_link d;
    const std::string batch = batch_of("b", "c");
    d.p.send(message(1, "a") + batch_frame(2, batch) + message(3, "d"));
    CHECK(d.bodies() == texts{"a", "b", "c", "d"});
}

TEST_CASE("a batch in several transfers is one, whatever comes with it") {
    device_with_link d;
    const std::string batch = batch_of("b", "c");
    d.p.send(message(1, "a") + batch_frame(2, batch.substr(0, 5), true) +
             transfer_frame(2, 2, batch.substr(5, 4), true) +
             transfer_frame(2, 2, batch.substr(9)) + message(3, "d"));
    CHECK(d.bodies() == texts{"a", "b", "c", "d"});
}

TEST_CASE("what came before a wrong frame is taken, what comes after it is not") {
    for (const std::string& wrong : {std::string("\0\0\0\1????", 8), amqp_frame("17", {hex("41")}),
                                     transfer_frame(9, 2, "")}) {
        device_with_link d;
        d.p.send(message(1, "a") + wrong + message(3, "b"));
        CHECK(d.p.ended());
        CHECK(d.p.count("18") == 1);
        CHECK(d.bodies() == texts{"a"});
    }
}

TEST_CASE("an id out of order ends the connection, once") {
    device_with_link d;
    d.p.send(message(1, "a") + message(5, "b") + message(6, "c") + std::string("\0\0\0\1????", 8));
    CHECK(d.p.ended());
    CHECK(d.p.condition_of("18") == "amqp:session:invalid-field");
    CHECK(d.p.count("18") == 1);
    CHECK(d.bodies() == texts{"a"});
}

TEST_CASE("what follows a goodbye is not looked at") {
    device_with_link d;
    d.p.send(message(1, "a") + amqp_frame("18", {}) + message(2, "b"));
    CHECK(d.p.reason() == "the peer said goodbye");
    CHECK(d.bodies() == texts{"a"});
}

TEST_CASE("a session may send 5000 transfers before it hears of the hub") {
    device_with_link d;
    CHECK(d.p.heard().find(hex("70 00 00 13 88")) != std::string::npos); // its incoming window
}

// Each time the window is used up the hub opens it again, before it has taken the next transfer: so
// there is none too many, however many come at once.
TEST_CASE("transfers beyond the session's window are taken") {
    device_with_link d;
    const std::size_t count = 12'000;
    const int flows = d.p.count("13");
    std::string all = transfer_frame(2, 1, hex("00 53 75 b0") + number_32(count), true);
    for (std::size_t i = 0; i < count; ++i) {
        all += transfer_frame(2, 1, "x", i + 1 < count);
    }
    d.p.send(all);
    CHECK_FALSE(d.p.ended());
    CHECK(d.p.count("13") >= flows + 2);
    CHECK(d.bodies() == texts{std::string(count, 'x')});
    d.p.send(message(2, "next"));
    CHECK(d.bodies().size() == 2);
}
