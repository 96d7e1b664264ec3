#pragma once
// One client's conversation (MQTT 3.1.1 as IoT Hub speaks it, device protocol §1): bytes in, bytes
// out, a deadline, and an end with a reason. It knows no socket, no timer and no loop; session/
// gives it those. Every fault of the peer ends it (§4.8), with the reason in the log.
//
// A client with clean session 0 keeps its subscriptions over its connections (Node subscribes to
// twin responses and desired properties once in its life), and gets twin responses unasked, in case
// the hub has lost them.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/log.hpp"
#include "emulator/core/device_link.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/mqtt/codec/connect.hpp"
#include "emulator/mqtt/codec/packet_reader.hpp"
#include "emulator/mqtt/codec/publish.hpp"
#include "emulator/mqtt/deliveries.hpp"
#include "emulator/mqtt/last_will.hpp"
#include "emulator/mqtt/lasting_session.hpp"
#include "emulator/mqtt/packet_trace.hpp"
#include "emulator/mqtt/subscriptions.hpp"
#include "emulator/net/byte_stream.hpp"
#include "emulator/session/machine.hpp"
#include "emulator/session/twin_requests.hpp"

namespace iothub::mqtt {

class connection final : public session::machine, public core::device_link {
public:
    static constexpr std::size_t max_first_packet = 8 * 1024;
    static constexpr std::size_t max_packet = (256 + 64) * 1024;
    static constexpr std::chrono::seconds first_packet_limit{10};
    static constexpr std::chrono::seconds max_silence{1767};

    // `on_hub_output` is called when the hub, not the peer, made output or ended the connection.
    // The hub outlives the connection.
    // `transport` is "mqtt" or "mqtt-ws".
    connection(core::hub& hub, net::peer peer, std::string transport,
               std::function<void()> on_hub_output);
    ~connection() override;
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    void receive(std::string_view bytes) override;
    bool blocked() const override { return output_.size() >= enough_output; }
    void resume() override;
    void hold_back() override { held_back_ = true; }
    const std::string& output() const { return output_; }
    bool has_output() const override { return !output_.empty(); }
    std::string take_output() override;
    timestamp deadline() const override;
    void check_deadline() override;
    bool ended() const override { return phase_ == phase::ended; }
    const std::string& end_reason() const override { return end_reason_; }
    void stream_ended(std::string_view reason) override;

    void desired_changed(std::uint64_t version, std::string_view patch) override;
    core::delivery_answer call_method(std::string_view request_id, std::string_view method,
                                      std::string_view payload) override;
    core::delivery_answer deliver(const core::c2d_delivery& delivery) override;
    void disconnect(const error& reason) override;

private:
    enum class phase { awaiting_connect, connected, ended };

    void take_packets(std::string_view bytes);
    void handle(const raw_packet& packet);
    void handle_first(const raw_packet& packet);
    void handle_later(const raw_packet& packet);
    void note_activity();

    void on_connect(const connect& packet);
    void refuse(const connect& packet, const error& reason);
    void ask_for_more();
    void send_will();
    void on_publish(const raw_packet& packet);
    void on_puback(const raw_packet& packet);
    void on_subscribe(const raw_packet& packet);
    void log_refused_filters(const subscribe& packet, const std::vector<std::uint8_t>& codes) const;
    void on_unsubscribe(const raw_packet& packet);

    // What a PUBLISH can be (topics::publication), and the packet that was it.
    void handle(topics::telemetry message, const publish& packet);
    void handle(const topics::twin_get& request, const publish& packet);
    void handle(const topics::reported_patch& request, const publish& packet);
    void handle(const topics::method_response& response, const publish& packet);
    void handle(const topics::malformed& topic, const publish& packet);

    void acknowledge(const publish& packet);
    void reply(const std::string& request_id, const session::twin_reply& reply);
    void violation(std::string_view reason);
    void end(log_level level, std::string_view reason);
    void write_log(log_level level, std::string_view text) const;

    core::hub& hub_;
    net::peer peer_;
    packet_trace trace_;
    std::string transport_;
    std::function<void()> on_hub_output_;
    phase phase_ = phase::awaiting_connect;
    packet_reader reader_{max_first_packet};
    std::string waiting_; // input that came while blocked
    std::string output_;
    core::device_principal who_; // once connected
    subscriptions subscriptions_;
    deliveries deliveries_;
    bool held_back_ = false;
    std::optional<last_will> will_; // until the client says goodbye
    lasting_session session_;
    timestamp last_heard_;
    bool noted_ = false; // that the peer was heard, for the bytes being taken
    ticks allowed_silence_ = first_packet_limit;
    std::string end_reason_;
};

} // namespace iothub::mqtt
