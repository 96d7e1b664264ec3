#pragma once
// One device or module on one connection: its links, and the hub's way to it. It is connected from
// its token, or its first link, on, and ends with its last link, or when the connection or the hub
// ends it; its links' nodes may outlive that. Owned by device_sessions and by those nodes.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/amqp/address.hpp"
#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/amqp/nodes/device/deliveries.hpp"
#include "emulator/amqp/nodes/device/method_links.hpp"
#include "emulator/amqp/nodes/device/session_link.hpp"
#include "emulator/amqp/nodes/device/twin_links.hpp"
#include "emulator/core/device_link.hpp"
#include "emulator/core/security/authenticator.hpp"

namespace iothub::amqp {

class device_session final : public core::device_link,
                             public std::enable_shared_from_this<device_session> {
public:
    static constexpr std::size_t max_links = 64;

    struct observer {
        std::function<void(const identity_key&, const error&)> ended_by_hub;
        std::function<void(const identity_key&)> left; // its last link has gone, it has ended
    };

    device_session(const context& lent, core::device_principal who, observer told);
    ~device_session() override;
    device_session(const device_session&) = delete;
    device_session& operator=(const device_session&) = delete;

    // Connects it to the hub.
    void begin();

    // It has proved itself again.
    void proved(core::device_principal who) {
        who.model_id = std::move(who_.model_id);
        who_ = std::move(who);
    }

    // It has said which model it is of.
    void announced(std::string model_id) { who_.model_id = std::move(model_id); }

    // The direction is one that the address has.
    attach_answer attach(link& which, device_node what);
    void detach_all(const condition& why);
    void end(log_level level, std::string_view reason);
    bool ended() const { return ended_; }

    const core::device_principal& who() const { return who_; }
    core::hub& hub() const { return lent_.hub; }
    void write_log(log_level level, std::string_view text) const {
        lent_.write_log(level, who_.key.text(), text);
    }

    // It sent something.
    void touch();

    // Called by session_link.
    void joined(link& which) { links_.push_back(&which); }
    void left(const link& which);

    void desired_changed(std::uint64_t version, std::string_view patch) override;
    core::delivery_answer call_method(std::string_view request_id, std::string_view method,
                                      std::string_view payload) override;
    core::delivery_answer deliver(const core::c2d_delivery& delivery) override;
    void disconnect(const error& reason) override;

private:
    using part = std::unique_ptr<session_link>;

    std::unique_ptr<node> receiver(part on, device_node what);
    std::unique_ptr<node> sender(part on, device_node what);

    const context& lent_;
    core::device_principal who_;
    observer told_;
    bool ended_ = false;
    std::vector<link*> links_;
    deliveries deliveries_;
    twin_links twin_;
    method_links methods_;
};

} // namespace iothub::amqp
