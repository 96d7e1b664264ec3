#pragma once
// One client's AMQP conversation (device protocol §2; service API §7): links are attached to the
// hub's nodes as far as the connection has proved that it may. It knows no socket, no timer and no
// loop; session/ gives it those.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/amqp/address.hpp"
#include "emulator/amqp/context.hpp"
#include "emulator/amqp/credentials.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/amqp/frame_trace.hpp"
#include "emulator/amqp/nodes/cbs.hpp"
#include "emulator/amqp/nodes/device/device_sessions.hpp"
#include "emulator/amqp/nodes/event_hub/management.hpp"
#include "emulator/amqp/send_turns.hpp"
#include "emulator/amqp/serve.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/net/byte_stream.hpp"
#include "emulator/session/machine.hpp"

namespace iothub::amqp {

class connection final : public session::machine, private engine_user {
public:
    static constexpr std::chrono::seconds open_limit{10};
    static constexpr std::chrono::seconds proof_limit{60}; // after open

    // `on_hub_output` as session::machine_maker has it. The hub outlives the connection.
    connection(core::hub& hub, net::peer peer, entrance by, std::function<void()> on_hub_output);
    ~connection() override;
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    void receive(std::string_view bytes) override;
    bool blocked() const override { return output_.size() >= enough_output; }
    void resume() override;
    void hold_back() override { turns_.hold_back(); }
    bool has_output() const override;
    std::string take_output() override;
    timestamp deadline() const override;
    void check_deadline() override;
    bool ended() const override { return ended_; }
    const std::string& end_reason() const override { return end_reason_; }
    void stream_ended(std::string_view reason) override;

private:
    struct hub_ending {
        identity_key who;
        error reason;
    };

    bool authenticate(std::string_view mechanism, std::string_view response) override;
    std::optional<condition> opened(std::string_view host) override;
    attach_answer attached(link& which) override;
    bool proved() const override;
    void ended(std::string_view reason) override;
    condition condition_of(const error& reason) override;

    attach_answer attach(link& which, const address& where);
    attach_answer attach_service(link& which, const service_address& what);
    attach_answer refuse(const link& which, const error& reason);
    result<> allow(const link& which, const std::vector<std::string>& path);

    timestamp end_of_patience() const;
    void end_impatiently();
    void run(const std::function<void()>& step);
    void hub_made_output();
    void carry_out_endings();
    void carry_out(const hub_ending& ending);
    void end_expired_devices();
    void end_unproved_back_ends();
    void forget_closed_links();
    void end(std::string_view reason);

    core::hub& hub_;
    net::peer peer_;
    frame_trace trace_;
    entrance by_;
    std::function<void()> on_hub_output_;
    credentials credentials_;
    send_turns turns_;
    context lent_;
    cbs cbs_;
    device_sessions devices_;
    management management_;
    std::map<std::uint64_t, std::vector<std::string>> back_end_links_; // the paths they are for
    std::vector<hub_ending> endings_; // asked for by the hub, to be carried out
    engine engine_;                   // its links' nodes refer to what is above
    std::string host_;                // as the peer's open named it
    std::string waiting_;             // input that came while blocked
    std::string output_;
    timestamp started_;
    std::optional<timestamp> opened_; // when
    bool once_proved_ = false;
    bool in_engine_ = false;
    bool output_due_ = false; // the engine holds what the hub made
    bool ended_ = false;
    std::string end_reason_;
};

} // namespace iothub::amqp
