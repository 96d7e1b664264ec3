#include "common/json.hpp"
#include "common/json_text.hpp"
#include "fuzz/conversations/conversations.hpp"
#include "fuzz/conversations/pieces.hpp"
#include "protocol/amqp/raw_peer.hpp"

namespace iothub::fuzz {

using namespace iothub::test;

namespace {

// A frame, or a protocol header.
std::size_t frame_size(std::string_view bytes) {
    if (bytes.starts_with("AMQP") || bytes.size() < 4) {
        return 8;
    }
    std::size_t size = 0;
    for (const char c : bytes.substr(0, 4)) {
        size = size << 8 | static_cast<unsigned char>(c);
    }
    return size;
}

// Of device_conversation(): up to where the device has proved who it is.
constexpr std::size_t frames_of_opening = 7;

void begin(world& w, raw_peer& peer) {
    auto frames = device_conversation();
    frames.resize(frames_of_opening);
    peer.send_each(frames);
    peer.send(attach_frame(2, "telemetry", false, "/devices/dev1/messages/events"));
    peer.send(attach_frame(3, "device-bound", true, "/devices/dev1/messages/devicebound"));
    peer.send(attach_frame(4, "twin-sender", false, "/devices/dev1/twin"));
    peer.send(attach_frame(5, "twin-receiver", true, "/devices/dev1/twin"));
    peer.send(flow_frame(3, 10));
    peer.send(flow_frame(5, 10));
    for (const char* body : {"one", "two"}) {
        core::c2d_message message;
        message.body = body;
        message.application_properties = {{"kind", "a b"}};
        w.hub.c2d().enqueue(device, message).value();
    }
    w.change_desired(device, R"({"interval":5})");
    peer.send("");
}

// Proton tells more of a protocol header that it did not expect where that comes in pieces.
std::string_view without_details(std::string_view reason) {
    constexpr std::string_view framing_error = "amqp:connection:framing-error";
    return reason.starts_with(framing_error) ? framing_error : reason;
}

std::string outcome(world& w, const raw_peer& peer) {
    std::string all =
        peer.heard() + "\nended: " + std::string(without_details(peer.reason())) + "\nevents:";
    for (const core::event& one : w.events("dev1")) {
        all += " " + one.body;
    }
    const core::twin now = w.hub.twins().get(device).value();
    all += "\nreported: " + to_text(now.reported.values) +
           "\nsessions: " + std::to_string(w.hub.sessions().size());
    return all + "\nqueue: " + std::to_string(w.hub.c2d().list(device).size());
}

} // namespace

std::size_t longest_frame(std::string_view sent) {
    sent.remove_prefix(sent.starts_with('\0') ? 1 : 0);
    return longest_of(pieces_of(sent, frame_size));
}

std::string amqp_conversation(std::string_view sent, std::size_t cut) {
    world w;
    raw_peer peer(w);
    converse(
        sent, cut, frame_size, [&] { begin(w, peer); },
        [&](std::string_view part) { peer.send(part); });
    return outcome(w, peer);
}

} // namespace iothub::fuzz
