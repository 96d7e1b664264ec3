#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/mqtt/connection.hpp"
#include "fuzz/conversations/conversations.hpp"
#include "fuzz/conversations/pieces.hpp"
#include "fuzz/fuzzing.hpp"
#include "protocol/mqtt/world.hpp"

namespace iothub::fuzz {

using namespace iothub::test;

namespace {

// A control packet with its header.
std::size_t packet_size(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 1; i < std::min<std::size_t>(5, bytes.size()); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        length |= static_cast<std::size_t>(byte & 127U) << (7 * (i - 1));
        if (byte < 128) {
            return 1 + i + length;
        }
    }
    return 0;
}

class client {
public:
    void send(std::string_view bytes) {
        machine_.receive(bytes);
        settle();
    }

    // Connected and subscribed, with something of every kind on its way.
    void begin() {
        send(packet::connect(good_connect(device)));
        send(packet::subscribe(1, {{"$iothub/twin/res/#", 0},
                                   {"$iothub/methods/POST/#", 0},
                                   {"devices/dev1/messages/devicebound/#", 1},
                                   {"$iothub/twin/PATCH/properties/desired/#", 0}}));
        world_.change_desired(device, R"({"interval":5})");
        for (const char* body : {"one", "two"}) {
            core::c2d_message message;
            message.body = body;
            message.application_properties = {{"kind", "a b"}};
            world_.hub.c2d().enqueue(device, message).value();
        }
        world_.hub.methods().invoke(device, {"reboot", "{}"},
                                    [this](const auto& outcome) { answered(outcome); });
        settle();
    }

    std::string outcome() {
        std::string all = heard_ + "\nended: " + machine_.end_reason() + method_ + "\nevents:";
        for (const core::event& one : world_.events("dev1")) {
            all += " " + one.body;
        }
        const core::twin now = world_.hub.twins().get(device).value();
        all += "\nreported: " + to_text(now.reported.values) +
               "\nsessions: " + std::to_string(world_.hub.sessions().size());
        return all + "\nqueue: " + std::to_string(world_.hub.c2d().list(device).size());
    }

private:
    void answered(const result<core::method_answer>& outcome) {
        method_ = "\nmethod: " + (outcome ? std::to_string(outcome->status) + outcome->payload
                                          : outcome.error().message);
    }

    void settle() {
        std::string more;
        do {
            machine_.check_deadline();
            world_.hub.advance();
            world_.hub.end_turn();
            more = machine_.take_output();
            heard_ += more;
            machine_.resume();
        } while (!more.empty());
    }

    world world_;
    std::string heard_;
    std::string method_;
    mqtt::connection machine_{world_.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {}};
};

std::string text(const mqtt::raw_packet& packet) {
    return std::string(mqtt::name_of(packet.type)) + " " + std::to_string(packet.flags) + " " +
           std::string(packet.body) + "\n";
}

} // namespace

std::size_t longest_packet(std::string_view sent) {
    sent.remove_prefix(sent.starts_with('\0') ? 1 : 0);
    return longest_of(pieces_of(sent, packet_size));
}

std::string mqtt_conversation(std::string_view sent, std::size_t cut) {
    client one;
    converse(
        sent, cut, packet_size, [&] { one.begin(); },
        [&](std::string_view part) { one.send(part); });
    return one.outcome();
}

std::string read_packets(std::string_view sent, std::size_t cut) {
    mqtt::packet_reader reader(mqtt::connection::max_first_packet);
    std::string read;
    bool refused = false;
    send_cut(sent, cut, [&](std::string_view part) {
        while (!refused) {
            const auto next = reader.next(part);
            if (!next) {
                refused = true;
                read += next.error().detail;
            } else if (!*next) {
                require(part.empty(), "bytes are taken until a packet is whole");
                return;
            } else {
                read += text(**next);
            }
        }
    });
    return refused ? read : read + std::to_string(reader.buffered());
}

} // namespace iothub::fuzz
