#include "raw_peer.hpp"

#include <stdexcept>
#include <utility>

#include "emulator/amqp/values/message.hpp"
#include "token_request.hpp"

namespace iothub::test {

using namespace amqp_bytes;

namespace {

const std::string null = hex("40");

std::string truth(bool is) {
    return hex(is ? "41" : "42");
}

std::size_t size_at(std::string_view bytes) {
    std::size_t size = 0;
    for (const char c : bytes.substr(0, 4)) {
        size = size << 8 | static_cast<unsigned char>(c);
    }
    return size;
}

std::string terminus(std::string_view code, std::string_view address) {
    const std::vector<std::string> fields =
        address.empty() ? std::vector<std::string>() : std::vector<std::string>{str(address)};
    return performative(code, fields);
}

amqp::message twin_request(const char* operation, const char* resource, const char* body) {
    amqp::message request;
    request.annotations = {{amqp::symbol{"operation"}, operation},
                           {amqp::symbol{"resource"}, resource}};
    request.properties.emplace();
    request.properties->correlation_id = "r-1";
    request.data = {body};
    return request;
}

} // namespace

std::string protocol_header(char protocol) {
    return std::string("AMQP") + protocol + std::string("\1\0\0", 3);
}

std::string frame_of(char type, std::uint16_t channel, std::string_view body) {
    return number_32(static_cast<std::uint32_t>(8 + body.size())) + '\2' + type +
           static_cast<char>(channel >> 8) + static_cast<char>(channel) + std::string(body);
}

std::string performative(std::string_view code, const std::vector<std::string>& fields) {
    return hex("00 53") + hex(code) +
           sized_32("d0", static_cast<std::uint32_t>(fields.size()), joined(fields));
}

std::string amqp_frame(std::string_view code, const std::vector<std::string>& fields) {
    return frame_of(0, 0, performative(code, fields));
}

std::string uint_of(std::uint32_t number) {
    return hex("70") + number_32(number);
}

std::string open_frame() {
    return amqp_frame("10", {str("raw"), str("hub.test")});
}

std::string begin_frame(std::uint16_t channel) {
    return frame_of(0, channel,
                    performative("11", {null, uint_of(0), uint_of(2048), uint_of(2048)}));
}

std::string attach_frame(char handle, std::string_view name, bool peer_receives,
                         std::string_view address) {
    return amqp_frame("12", {str(name), hex("52") + handle, truth(peer_receives), null, null,
                             terminus("28", peer_receives ? address : ""),
                             terminus("29", peer_receives ? "" : address), null, null, uint_of(0)});
}

std::string flow_frame(char handle, std::uint32_t credit) {
    return amqp_frame("13", {uint_of(0), uint_of(2048), uint_of(0), uint_of(2048),
                             hex("52") + handle, uint_of(0), uint_of(credit)});
}

std::string transfer_frame(char handle, char id, std::string_view payload, bool more) {
    const std::string body =
        performative("14", {hex("52") + handle, hex("52") + id, bin(std::string_view(&id, 1)), null,
                            null, truth(more)});
    return frame_of(0, 0, body + std::string(payload));
}

std::vector<std::string> device_conversation() {
    amqp::message telemetry;
    telemetry.application_properties = {{"kind", "warm"}};
    telemetry.data = {"21.5"};
    const auto encoded = [](const amqp::message& what) { return amqp::encode_message(what); };
    return {
        protocol_header(0),
        open_frame(),
        begin_frame(),
        attach_frame(0, "cbs-sender", false, "$cbs"),
        attach_frame(1, "cbs-receiver", true, "$cbs"),
        flow_frame(1, 50),
        transfer_frame(0, 0, encoded(token_request("request-1", token_of(device)))),
        attach_frame(2, "telemetry", false, "/devices/dev1/messages/events"),
        transfer_frame(2, 1, encoded(telemetry)),
        transfer_frame(2, 2, encoded(telemetry), true),
        transfer_frame(2, 2, ""),
        attach_frame(3, "device-bound", true, "/devices/dev1/messages/devicebound"),
        flow_frame(3, 10),
        attach_frame(4, "twin-sender", false, "/devices/dev1/twin"),
        attach_frame(5, "twin-receiver", true, "/devices/dev1/twin"),
        flow_frame(5, 10),
        transfer_frame(4, 3, encoded(twin_request("GET", "", ""))),
        transfer_frame(4, 4, encoded(twin_request("PATCH", "/properties/reported", R"({"a":1})"))),
        attach_frame(6, "methods", true, "/devices/dev1/methods/devicebound"),
        flow_frame(6, 10),
        amqp_frame("15", {hex("41"), uint_of(0), uint_of(5), hex("41"), hex("00 53 24 45")}),
        amqp_frame("16", {hex("52 02"), hex("41")}),
        amqp_frame("17", {}),
        amqp_frame("18", {})};
}

std::string joined(const std::vector<std::string>& frames) {
    std::string all;
    for (const std::string& one : frames) {
        all += one;
    }
    return all;
}

raw_peer::raw_peer(world& in, net::peer who)
    : in_(in)
    , hub_(std::make_unique<amqp::connection>(in.hub, std::move(who), amqp::entrance{}, [] {})) {}

raw_peer::~raw_peer() {
    hub_.reset();
    in_.hub.end_turn();
}

void raw_peer::send(std::string_view bytes) {
    hub_->receive(bytes);
    settle();
}

void raw_peer::send_each(const std::vector<std::string>& frames) {
    for (const std::string& one : frames) {
        send(one);
    }
}

void raw_peer::wait(ticks how_long) {
    in_.clock.advance(how_long);
    settle();
}

void raw_peer::settle() {
    static constexpr int enough = 1'000;
    for (int step = 0; step < enough; ++step) {
        hub_->check_deadline();
        in_.hub.advance();
        in_.hub.end_turn();
        const std::string more = hub_->take_output();
        hub_->resume();
        if (more.empty()) {
            return;
        }
        heard_ += more;
    }
    throw std::logic_error("the hub does not come to rest");
}

std::vector<std::string> raw_peer::bodies(std::string_view code) const {
    std::vector<std::string> found;
    std::string_view rest = heard_;
    while (rest.size() >= 8) {
        const std::size_t size = rest.starts_with("AMQP") ? 8 : size_at(rest);
        if (size < 8 || size > rest.size()) {
            throw std::logic_error("the hub has sent no frame");
        }
        const std::string_view body = rest.substr(8, size - 8);
        if (!rest.starts_with("AMQP") && body.starts_with(hex("00 53") + hex(code))) {
            found.emplace_back(body);
        }
        rest.remove_prefix(size);
    }
    return found;
}

int raw_peer::count(std::string_view code) const {
    return static_cast<int>(bodies(code).size());
}

std::string raw_peer::condition_of(std::string_view code) const {
    const auto all = bodies(code);
    const std::string body = all.empty() ? std::string() : all.back();
    const auto error = body.find(hex("00 53 1d"));
    if (error == std::string::npos) {
        return {};
    }
    const std::size_t name = error + 3 + (body.at(error + 3) == '\xc0' ? 3 : 9);
    return body.substr(name + 2, static_cast<unsigned char>(body.at(name + 1)));
}

} // namespace iothub::test
