#include "common/hub_topics.hpp"
#include "emulator/mqtt/codec/connect.hpp"
#include "emulator/mqtt/codec/packet_type.hpp"
#include "emulator/mqtt/codec/publish.hpp"
#include "emulator/mqtt/codec/subscribe.hpp"
#include "fuzz/conversations/conversations.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

void check_publish(std::uint8_t flags, std::string_view body) {
    if (!mqtt::flags_are_valid(mqtt::packet_type::publish, flags)) {
        return;
    }
    const auto read = mqtt::decode_publish(flags, body);
    if (!read) {
        return;
    }
    require(!read->topic.empty(), "a topic is not empty");
    topics::parse_publication(read->topic, {"dev1", ""});
    topics::parse_publication(read->topic, {"dev1", "m1"});
    std::string written;
    if (read->qos == 0) {
        mqtt::append_publish(written, read->topic, read->payload);
    } else {
        mqtt::append_publish(written, read->topic, read->payload, read->packet_id, read->duplicate);
    }
    if (read->qos < 2) {
        require(std::string_view(written).ends_with(body), "a PUBLISH is written as it was read");
    }
}

void check_subscribe(std::string_view body) {
    if (const auto read = mqtt::decode_subscribe(body)) {
        require(!read->requests.empty() && read->requests.size() <= mqtt::max_filters &&
                    read->packet_id != 0,
                "a SUBSCRIBE has an identifier and a bounded number of filters");
        for (const auto& one : read->requests) {
            topics::parse_filter(one.filter, {"dev1", ""});
        }
    }
}

} // namespace

// The first byte is also taken for a PUBLISH's flags, and what follows it for the body of packets.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view sent = text_of(bytes, size);
    check_cut(sent, size, read_packets);
    if (size > 0) {
        const std::string_view body = sent.substr(1);
        check_publish(bytes[0] & 15U, body);
        check_subscribe(body);
        mqtt::decode_connect(body);
        mqtt::decode_unsubscribe(body);
        mqtt::decode_puback(body);
    }
    return 0;
}
