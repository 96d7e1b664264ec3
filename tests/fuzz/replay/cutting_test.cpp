// Every packet of every recorded conversation, cut at every byte, gives the same events.

#include "fuzz/conversations/conversations.hpp"
#include "fuzz/replay/corpus.hpp"
#include "support/catch.hpp"

using namespace iothub::fuzz;

namespace {

std::size_t whole_size(std::string_view sent) {
    return sent.size();
}

struct conversation {
    const char* folder;
    std::string (*hold)(std::string_view sent, std::size_t cut);
    std::size_t (*longest)(std::string_view sent);
};

const conversation conversations[] = {
    {"mqtt_connection", mqtt_conversation, longest_packet},
    {"amqp_connection", amqp_conversation, longest_frame},
    {"http_connection", http_conversation, whole_size},
    {"websocket", websocket_conversation, whole_size},
    {"http_requests", read_requests, whole_size},
    {"mqtt_packets", read_packets, whole_size},
};

// Where it first comes out in another way; 0: nowhere.
std::size_t first_difference(const conversation& how, std::string_view sent) {
    const std::string whole = how.hold(sent, 0);
    for (std::size_t cut = 1; cut < how.longest(sent); ++cut) {
        if (how.hold(sent, cut) != whole) {
            return cut;
        }
    }
    return 0;
}

} // namespace

TEST_CASE("recorded conversations may be cut at every byte") {
    for (const conversation& how : conversations) {
        for (const kept_input& input : corpus_of(how.folder)) {
            INFO(how.folder << "/" << input.name);
            CHECK(first_difference(how, input.bytes) == 0);
        }
    }
}
