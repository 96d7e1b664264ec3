#pragma once
// Cloud-to-device messages, and messages to a module's inputs, on the links that receive them
// (device protocol §2.6; rows D02, D03): unsettled, under their lock tokens. Part of
// device_session.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "emulator/amqp/engine/link.hpp"
#include "emulator/core/device_link.hpp"

namespace iothub::amqp {

class device_session;
class session_link;

class deliveries {
public:
    explicit deliveries(device_session& owner)
        : owner_(owner) {}

    // A link on which the peer receives.
    std::unique_ptr<node> receiver(std::unique_ptr<session_link> on, bool of_inputs);

    // On the newest link that has credit.
    core::delivery_answer send(const core::c2d_delivery& delivery);

private:
    static constexpr std::size_t max_unsettled = 500; // of one link

    class receiver_node;

    void gone(const receiver_node& which);
    result<> settle(const std::string& token, outcome how);
    void ask();

    device_session& owner_;
    std::vector<receiver_node*> receivers_;
};

} // namespace iothub::amqp
