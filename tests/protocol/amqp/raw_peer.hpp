#pragma once
// An AMQP peer of nothing but bytes, for what no client library would send: frames are put together
// by hand, and what the hub answers is cut into frames again.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/amqp/connection.hpp"
#include "support/amqp_bytes.hpp"
#include "support/device_world.hpp"

namespace iothub::test {

// "AMQP" and a protocol: 0, or 3 for SASL.
std::string protocol_header(char protocol);

std::string frame_of(char type, std::uint16_t channel, std::string_view body);

// A performative's list: `code` is two hexadecimal digits, `fields` are encoded.
std::string performative(std::string_view code, const std::vector<std::string>& fields);

// Frames of one channel, and their fields, up to where the rest may be left off.
std::string open_frame();
std::string begin_frame(std::uint16_t channel = 0);
std::string attach_frame(char handle, std::string_view name, bool peer_receives,
                         std::string_view address);
std::string flow_frame(char handle, std::uint32_t credit);
std::string transfer_frame(char handle, char id, std::string_view payload, bool more = false);
std::string amqp_frame(std::string_view code, const std::vector<std::string>& fields);

std::string uint_of(std::uint32_t number);

// Header, open, begin, tokens, links of every kind of a device, messages, and goodbye: what a
// client sends, frame by frame: it waits for the hub before it sends messages.
std::vector<std::string> device_conversation();
std::string joined(const std::vector<std::string>& frames);

class raw_peer {
public:
    explicit raw_peer(world& in, net::peer who = {"127.0.0.1:50000", {}});
    ~raw_peer();
    raw_peer(const raw_peer&) = delete;
    raw_peer& operator=(const raw_peer&) = delete;

    // And lets everything happen that it causes.
    void send(std::string_view bytes);
    void send_each(const std::vector<std::string>& frames);

    // Lets time pass.
    void wait(ticks how_long);

    bool ended() const { return hub_->ended(); }
    const std::string& reason() const { return hub_->end_reason(); }

    // All that the hub has sent.
    const std::string& heard() const { return heard_; }

    // Whether a frame of that performative came, and how many.
    int count(std::string_view code) const;

    // The condition of the last frame of that performative ("18": close); empty where there is
    // none.
    std::string condition_of(std::string_view code) const;

private:
    void settle();
    std::vector<std::string> bodies(std::string_view code) const;

    world& in_;
    std::unique_ptr<amqp::connection> hub_;
    std::string heard_;
};

} // namespace iothub::test
