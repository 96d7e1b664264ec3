// Readers that wish to know with each event what the partition holds last (service API §7.5):
// `trackLastEnqueuedEventProperties` of the SDKs. Proton's client cannot wish, so bytes do.

#include "event_hub_peer.hpp"
#include "raw_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;

namespace {

const std::string null = hex("40");
const std::string wish = "com.microsoft:enable-receiver-runtime-metric";
const std::string other = "com.microsoft:georeplication";

std::string symbols(const std::vector<std::string>& all) {
    std::string items;
    for (const std::string& one : all) {
        items += static_cast<char>(one.size()) + one;
    }
    const std::string body = number_32(static_cast<std::uint32_t>(all.size())) + hex("a3") + items;
    return hex("f0") + number_32(static_cast<std::uint32_t>(body.size())) + body;
}

std::string number_64(std::int64_t n) {
    const auto bits = static_cast<std::uint64_t>(n);
    return number_32(static_cast<std::uint32_t>(bits >> 32)) +
           number_32(static_cast<std::uint32_t>(bits));
}

// Reads the partition from its beginning.
struct wishing : raw_peer {
    wishing(reading_world& w, const std::string& desired_capabilities)
        : raw_peer(w) {
        amqp::message token;
        token.application_properties = {{"operation", "put-token"}};
        token.body = policy_token("service", "sb://hub.test/" + entity);
        send(protocol_header(0) + open_frame() + begin_frame());
        send(attach_frame(0, "cbs", false, "$cbs"));
        send(transfer_frame(0, 0, amqp::encode_message(token)));
        send(amqp_frame("12", {str("reader"), hex("52 01"), hex("41"), null, null,
                               performative("28", {str(w.address())}), performative("29", {}), null,
                               null, null, null, null, desired_capabilities}));
        INFO(reason());
        REQUIRE_FALSE(ended());
        REQUIRE(count("16") == 0);
        send(flow_frame(1, 10));
    }

    bool says(const std::string& bytes) const { return heard().find(bytes) != std::string::npos; }
};

} // namespace

TEST_CASE("each event says what its partition holds last, to a reader that wishes it") {
    const std::string capabilities =
        GENERATE(sym(wish), symbols({wish}), symbols({other, wish}), list_8(1, sym(wish)));
    reading_world w;
    w.send("a");
    w.send("b");
    wishing p(w, capabilities);
    const std::int64_t now =
        std::chrono::floor<std::chrono::milliseconds>(w.clock.now()).time_since_epoch().count();
    const auto& newest = w.hub.events().examine(w.partition).newest;
    CHECK(p.says(hex("00 53 71")));
    CHECK(p.says(sym("last_enqueued_sequence_number") + hex("55 01")));
    CHECK(p.says(sym("last_enqueued_offset") + str(std::to_string(newest->offset))));
    CHECK(p.says(sym("last_enqueued_time_utc") + hex("83") + number_64(now)));
    CHECK(p.says(sym("runtime_info_retrieval_time_utc") + hex("83") + number_64(now)));
    w.send("c");
    p.wait(ticks{});
    CHECK(p.says(sym("last_enqueued_sequence_number") + hex("55 02")));
}

TEST_CASE("a reader that does not wish it is told nothing") {
    const std::string capabilities = GENERATE(hex("40"), sym(other), symbols({other}), symbols({}));
    reading_world w;
    w.send("a");
    wishing p(w, capabilities);
    CHECK(p.says("x-opt-sequence-number"));
    CHECK_FALSE(p.says("last_enqueued"));
}

TEST_CASE("the wish of one link is not that of the next") {
    reading_world w;
    w.send("a");
    wishing p(w, sym(wish));
    const std::size_t before = p.heard().size();
    p.send(attach_frame(2, "second", true, w.address()));
    p.send(flow_frame(2, 10));
    const std::string later = p.heard().substr(before);
    CHECK(later.find("x-opt-sequence-number") != std::string::npos);
    CHECK(later.find("last_enqueued") == std::string::npos);
}
