#include "emulator/mqtt/codec/packet_reader.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub;
using namespace iothub::mqtt;
namespace packet = iothub::test::packet;

namespace {

struct seen {
    packet_type type;
    int flags;
    std::string body;

    bool operator==(const seen&) const = default;
};

struct reading {
    std::vector<seen> packets;
    std::string fault;
};

// Feeds `pieces` one after the other to one reader.
reading read(const std::vector<std::string_view>& pieces, std::size_t limit = 1000) {
    packet_reader reader(limit);
    reading done;
    for (std::string_view piece : pieces) {
        while (done.fault.empty()) {
            const auto next = reader.next(piece);
            if (!next) {
                done.fault = next.error().detail;
            } else if (!*next) {
                CHECK(piece.empty());
                break;
            } else {
                done.packets.push_back({(*next)->type, (*next)->flags, std::string((*next)->body)});
            }
        }
    }
    return done;
}

std::string fault_of(std::string_view bytes, std::size_t limit = 1000) {
    return read({bytes}, limit).fault;
}

} // namespace

TEST_CASE("packets are found however the bytes are split") {
    const std::string bytes = packet::pingreq() + packet::publish("t", std::string(200, 'x')) +
                              packet::publish_1(9, "topic", "") + packet::disconnect();
    const reading whole = read({bytes});
    REQUIRE(whole.packets.size() == 4);
    CHECK(whole.packets[0] == seen{packet_type::pingreq, 0, ""});
    CHECK(whole.packets[1] ==
          seen{packet_type::publish, 0, packet::text("t") + std::string(200, 'x')});
    CHECK(whole.packets[2] ==
          seen{packet_type::publish, 2, packet::text("topic") + packet::number(9)});
    CHECK(whole.packets[3] == seen{packet_type::disconnect, 0, ""});
    const std::string_view view = bytes;
    for (std::size_t a = 0; a <= bytes.size(); ++a) {
        for (std::size_t b = a; b <= bytes.size(); b += 7) {
            const reading split = read({view.substr(0, a), view.substr(a, b - a), view.substr(b)});
            CHECK(split.packets == whole.packets);
        }
    }
}

TEST_CASE("remaining lengths of one to four bytes") {
    for (const std::size_t size : {0U, 127U, 128U, 16'383U, 16'384U, 2'097'151U, 2'097'152U}) {
        const std::string body(size, 'x');
        const reading done = read({packet::framed(0x30, body)}, 3'000'000);
        REQUIRE(done.packets.size() == 1);
        CHECK(done.packets[0].body == body);
    }
}

TEST_CASE("a fifth length byte is refused as soon as the fourth promises it") {
    CHECK(fault_of(std::string_view("\x30\x80\x80\x80\x80", 5)) ==
          "a remaining length of more than four bytes");
}

TEST_CASE("a packet over the limit is refused before any of it is kept") {
    packet_reader reader(100);
    const std::string header = packet::framed(0x30, std::string(101, 'x')).substr(0, 2);
    std::string_view input = header;
    const auto next = reader.next(input);
    REQUIRE_FALSE(next);
    CHECK(next.error().detail == "a packet of 101 bytes or more, over the 100 allowed");
    CHECK(reader.buffered() == 0);
    CHECK(fault_of(packet::framed(0x30, std::string(100, 'x')), 100).empty());
}

TEST_CASE("what is kept of a packet is what has come of it, and goes with it") {
    packet_reader reader(1000);
    const std::string bytes = packet::framed(0x30, std::string(500, 'x'));
    std::string_view input = std::string_view(bytes).substr(0, 13);
    CHECK_FALSE(*reader.next(input));
    CHECK(reader.buffered() == 10);
    input = std::string_view(bytes).substr(13);
    CHECK(*reader.next(input));
    CHECK_FALSE(*reader.next(input));
    CHECK(reader.buffered() == 0);
}

TEST_CASE("types that do not exist and flags that are reserved") {
    CHECK(fault_of(std::string_view("\x00", 1)) == "packet type 0 does not exist");
    CHECK(fault_of("\xf0") == "packet type 15 does not exist");
    for (unsigned type = 1; type < 15; ++type) {
        for (unsigned flags = 0; flags < 16; ++flags) {
            const bool expects_2 = type == 6 || type == 8 || type == 10;
            const bool publish_is_fine = flags / 2 % 4 != 3 && flags != 8 && flags != 9;
            const bool fine = type == 3 ? publish_is_fine : flags == (expects_2 ? 2U : 0U);
            CHECK(fault_of(packet::framed(type * 16 + flags, "")).empty() == fine);
        }
    }
}
