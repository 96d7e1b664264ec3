// Frames that may not be, or may not come now (OASIS AMQP 1.0, parts 1, 2 and 5): the connection
// ends with the condition, nothing of it is left, and the hub serves the next.

#include "raw_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;

namespace {

using bytes = std::string;

struct mistake {
    const char* what;
    bytes sent;
    const char* condition;
};

const char* const framing = "amqp:connection:framing-error";
const char* const decode = "amqp:decode-error";
const char* const field = "amqp:invalid-field";
const char* const state = "amqp:illegal-state";
const char* const unattached = "amqp:session:unattached-handle";

const bytes null = hex("40");

using script = std::vector<bytes>;

// A client's frames up to where it has opened, begun, attached, and is in the middle of a delivery.
std::vector<script> beginnings() {
    const auto all = device_conversation();
    std::vector<script> made;
    for (const std::ptrdiff_t count : {2, 3, 8, 10}) {
        made.emplace_back(all.begin(), all.begin() + count);
    }
    return made;
}

bytes nested(int depth) {
    bytes inside = null;
    for (int i = 0; i < depth; ++i) {
        inside = sized_32("d0", 1, inside);
    }
    return inside;
}

// One that was made for channel 0.
bytes on_channel(char number, bytes frame) {
    frame[7] = number;
    return frame;
}

// What may come on a channel between begin and end.
std::vector<std::pair<const char*, bytes>> frames_of_a_session() {
    return {
        {"an attach", attach_frame(0, "x", false, "$cbs")},
        {"a flow", flow_frame(0, 1)},
        {"a flow of the session",
         amqp_frame("13", {uint_of(0), uint_of(1), uint_of(0), uint_of(1)})},
        {"a transfer", transfer_frame(0, 0, "")},
        {"a disposition", amqp_frame("15", {hex("41"), uint_of(0)})},
        {"a detach", amqp_frame("16", {hex("52 00"), hex("41")})},
        {"an end", amqp_frame("17", {})},
    };
}

// What is wrong after an open at any time.
std::vector<mistake> always_wrong() {
    return {
        {"a frame of 7 bytes", hex("00 00 00 07 02 00 00 00"), framing},
        {"a frame of 4 GiB", hex("ff ff ff ff 02 00 00 00"), framing},
        {"a data offset of 1", hex("00 00 00 08 01 00 00 00"), framing},
        {"a data offset beyond the frame", hex("00 00 00 0c 04 00 00 00 00 53 17 45"), framing},
        {"a frame of type 2", frame_of(2, 0, performative("17", {})), framing},
        {"a SASL frame", frame_of(1, 0, performative("41", {sym("ANONYMOUS")})), framing},
        {"a channel beyond the highest", begin_frame(8192), framing},
        {"a protocol header", protocol_header(0), framing},
        {"a second open", open_frame(), state},
        {"no descriptor", frame_of(0, 0, hex("45")), decode},
        {"an unknown performative", amqp_frame("19", {}), decode},
        {"an answer of a server", amqp_frame("44", {}), decode},
        {"a descriptor that is a symbol",
         frame_of(0, 0, hex("00") + sym("amqp:end:list") + hex("45")), decode},
        {"a performative that is a map", frame_of(0, 0, hex("00 53 17 c1 01 00")), decode},
        {"a count beyond the size", frame_of(0, 0, hex("00 53 13 c0 02 09 43")), decode},
        {"a size beyond the frame", frame_of(0, 0, hex("00 53 13 c0 40 01 43")), decode},
        {"a list of 2^32-1", frame_of(0, 0, hex("00 53 13 d0 00 00 00 05 ff ff ff ff 43")), decode},
        {"a list of 2^32-1 bytes", frame_of(0, 0, hex("00 53 13 d0 ff ff ff ff 00 00 00 01")),
         decode},
        {"too many fields", amqp_frame("17", {null, null}), decode},
        {"bytes behind the performative", frame_of(0, 0, performative("17", {}) + "x"), decode},
        {"a symbol that is not ASCII", amqp_frame("17", {performative("1d", {sym("\xc3\xa9")})}),
         decode},
        {"a string that is not UTF-8",
         amqp_frame("17", {performative("1d", {sym("a"), str("\xff")})}), decode},
        {"a map of an odd count",
         amqp_frame("17", {performative("1d", {sym("a"), str("b"), map_8(1, sym("k"))})}), decode},
        {"values nested 6,000 deep", amqp_frame("17", {nested(6000)}), decode},
        {"an error that is a text", amqp_frame("17", {str("oops")}), field},
        {"a flow without windows", frame_of(0, 0, hex("00 53 13 45")), field},
        {"a begin in answer to none",
         frame_of(0, 9, performative("11", {hex("60 00 00"), uint_of(0), uint_of(1), uint_of(1)})),
         field},
    };
}

std::vector<mistake> wrong_in_a_session() {
    return {
        {"a second begin", begin_frame(), state},
        {"a transfer on no link", transfer_frame(9, 0, ""), unattached},
        {"a flow on no link", flow_frame(9, 1), unattached},
        {"a detach of no link", amqp_frame("16", {hex("52 09"), hex("41")}), unattached},
        {"a link without a name", amqp_frame("12", {null, hex("52 09"), hex("41")}), field},
        {"a link without a handle", amqp_frame("12", {str("x"), null, hex("41")}), field},
        {"a link without a role", amqp_frame("12", {str("x"), hex("52 09")}), field},
        {"a handle of 2^32-1", amqp_frame("12", {str("x"), uint_of(0xffffffff), hex("41")}),
         framing},
        {"a range of deliveries that is none",
         amqp_frame("15", {hex("41"), uint_of(5), uint_of(0), hex("41")}), "amqp:not allowed"},
    };
}

std::vector<mistake> wrong_on_links() {
    return {
        {"a handle that is in use", attach_frame(0, "other", false, "$cbs"),
         "amqp:session:handle-in-use"},
        {"a name that is in use", attach_frame(9, "cbs-sender", false, "$cbs"), field},
        {"a transfer where the hub sends", transfer_frame(1, 1, "x"), state},
        {"a delivery without a number",
         amqp_frame("14", {hex("43"), null, bin("t"), null, null, hex("41")}), field},
        {"a delivery without a tag", amqp_frame("14", {hex("43"), uint_of(1)}), field},
        {"a gap in the numbers", transfer_frame(0, 77, "x"), "amqp:session:invalid-field"},
    };
}

void check(const script& before, const mistake& one) {
    INFO(one.what);
    world w;
    {
        raw_peer p(w);
        p.send_each(before);
        REQUIRE_FALSE(p.ended());
        p.send(one.sent);
        CHECK(p.ended());
        CHECK(p.count("18") == 1);
        CHECK(p.condition_of("18") == one.condition);
        p.send("more");
    }
    CHECK(w.hub.sessions().find(device) == nullptr);
    raw_peer next(w);
    next.send_each(beginnings().back());
    CHECK_FALSE(next.ended());
    CHECK(w.hub.sessions().find(device) != nullptr);
}

} // namespace

TEST_CASE("a frame that cannot be ends an open connection, whatever went before") {
    for (const script& before : beginnings()) {
        for (const mistake& one : always_wrong()) {
            check(before, one);
        }
    }
}

TEST_CASE("a frame that is wrong in a session ends the connection") {
    const auto before = beginnings();
    for (std::size_t i = 1; i < before.size(); ++i) {
        for (const mistake& one : wrong_in_a_session()) {
            check(before[i], one);
        }
    }
}

TEST_CASE("a frame that is wrong on a link ends the connection") {
    for (const mistake& one : wrong_on_links()) {
        check(beginnings()[2], one);
    }
}

TEST_CASE("what belongs to a session may come neither before its begin nor after its end") {
    for (const auto& [what, frame] : frames_of_a_session()) {
        for (const script& before : beginnings()) {
            check(before, {what, on_channel(7, frame), state});
        }
        script opened = beginnings()[0];
        check(opened, {what, frame, state});
        opened.insert(opened.end(), {begin_frame(), amqp_frame("17", {})});
        check(opened, {what, frame, state});
    }
}

TEST_CASE("another delivery in the middle of one ends the connection") {
    check(beginnings()[3], {"another number", transfer_frame(2, 3, "x"), field});
}

TEST_CASE("nothing but an open may come first") {
    const bytes first[] = {begin_frame(),
                           attach_frame(0, "x", false, "$cbs"),
                           transfer_frame(0, 0, ""),
                           flow_frame(0, 1),
                           amqp_frame("17", {}),
                           amqp_frame("18", {})};
    for (const bytes& one : first) {
        world w;
        raw_peer p(w);
        p.send(protocol_header(0));
        p.send(one);
        CHECK(p.ended());
        CHECK(p.condition_of("18") == state);
    }
}

TEST_CASE("an open that is wrong, or too large, is refused") {
    const mistake wrong[] = {
        {"no container", amqp_frame("10", {}), field},
        {"a container that is a symbol", amqp_frame("10", {sym("raw")}), field},
        {"a host that is a number", amqp_frame("10", {str("raw"), uint_of(1)}), field},
        {"a small idle-time-out", amqp_frame("10", {str("raw"), null, null, null, uint_of(1)}),
         field},
        {"properties nested deeply",
         amqp_frame("10", {str("raw"), null, null, null, null, null, null, null, null,
                           map_8(2, sym("k") + sized_8("c0", 1, hex("c0 03 01 c0 01")))}),
         decode},
        {"9 KiB", amqp_frame("10", {str("raw"), sized_32("b1", 0, bytes(9000, 'x'))}), framing},
    };
    for (const mistake& one : wrong) {
        INFO(one.what);
        world w;
        raw_peer p(w);
        p.send(protocol_header(0));
        p.send(one.sent);
        CHECK(p.ended());
        CHECK(p.condition_of("18") == one.condition);
    }
}

TEST_CASE("a wrong protocol header is answered with the hub's own") {
    for (const char* const header :
         {"41 4d 51 50 00 00 09 01", "41 4d 51 50 00 01 00 01", "41 4d 51 50 01 01 00 00",
          "41 4d 51 50 03 01 00 01", "48 45 4c 4f 00 01 00 00"}) {
        INFO(header);
        world w;
        raw_peer p(w);
        p.send(hex(header));
        CHECK(p.ended());
        CHECK(p.heard().starts_with(protocol_header(0)));
    }
}

TEST_CASE("TLS is not begun within AMQP") {
    world w;
    raw_peer p(w);
    p.send(protocol_header(2));
    CHECK(p.ended());
}

TEST_CASE("SASL that is wrong lets nobody in") {
    const bytes plain = frame_of(1, 0, performative("41", {sym("PLAIN"), bin(bytes("\0a\0b", 4))}));
    const bytes anonymous = frame_of(1, 0, performative("41", {sym("ANONYMOUS")}));
    const bytes external = frame_of(1, 0, performative("41", {sym("EXTERNAL"), bin("")}));
    const bytes wrong[] = {
        plain,
        external,
        frame_of(1, 0, performative("41", {sym("GSSAPI")})),
        frame_of(1, 0, performative("41", {sym("")})),
        frame_of(1, 0, performative("41", {sym("PLAIN")})),
        frame_of(1, 0, performative("41", {sym("PLAIN"), bin("no NUL in it")})),
        frame_of(1, 0, performative("41", {})),
        frame_of(1, 0, performative("41", {null, bin("x")})),
        frame_of(1, 0, performative("41", {str("ANONYMOUS")})),
        frame_of(1, 0, performative("43", {bin("x")})),
        frame_of(1, 0, performative("40", {sym("ANONYMOUS")})),
        frame_of(1, 0, performative("44", {hex("50 00")})),
        frame_of(1, 0, ""),
        frame_of(0, 0, performative("41", {sym("ANONYMOUS")})),
        open_frame(),
        plain + anonymous,
        anonymous + anonymous,
        protocol_header(3),
    };
    for (const bytes& one : wrong) {
        world w;
        raw_peer p(w);
        p.send(protocol_header(3));
        p.send(one);
        p.send(protocol_header(0) + open_frame() + begin_frame());
        CHECK(p.ended());
        CHECK(p.count("11") == 0);
    }
}

TEST_CASE("whom SASL does not let in is told so: the outcome is 1, and the connection ends") {
    const auto plain = [](const std::string& user, const std::string& password) {
        const bytes nul(1, '\0');
        return performative("41", {sym("PLAIN"), bin(nul + user + nul + password)});
    };
    const auto token = [](std::string_view key, ticks life) {
        const timestamp end = manual_clock().now() + life;
        return make_sas_token("hub.test/devices/dev1", key, end).value();
    };
    using std::chrono::hours;
    const std::pair<bytes, bool> inits[] = {
        {plain("dev1@sas.hub", token(identity_secret, hours(1))), true},
        {plain("dev1@sas.hub", token("b3RoZXIga2V5", hours(1))), false},
        {plain("dev1@sas.hub", token(identity_secret, hours(0))), false},
        {plain("dev1@sas.hub", "wrong"), false},
        {plain("dev1@sas.hub", ""), false},
        {plain("iothubowner@sas.root.hub", "wrong"), false},
        {plain("", ""), false},
        {performative("41", {sym("PLAIN"), bin("no NUL in it")}), false},
        {performative("41", {sym("EXTERNAL"), bin("")}), false},
        {performative("41", {sym("EXTERNAL")}), false},
        {performative("41", {sym("GSSAPI")}), false},
        {performative("41", {sym("ANONYMOUS")}), true},
    };
    for (const auto& [init, welcome] : inits) {
        INFO(init);
        world w;
        raw_peer p(w);
        p.send(protocol_header(3) + frame_of(1, 0, init));
        const auto outcomes = [&](const char* code) {
            return p.heard().find(hex("00 53 44 c0 03 01 50") + hex(code)) != bytes::npos;
        };
        CHECK(outcomes("00") == welcome);
        CHECK(outcomes("01") != welcome);
        CHECK(p.ended() != welcome);
    }
}
