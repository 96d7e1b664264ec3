#pragma once
// A device's or module's pair of links for direct methods (device protocol §2.8; rows M01, M02): it
// receives requests on the one and answers on the other. Part of device_session.

#include <memory>
#include <string_view>
#include <vector>

#include "emulator/amqp/engine/link.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/core/device_link.hpp"

namespace iothub::amqp {

class device_session;
class session_link;

class method_links {
public:
    explicit method_links(device_session& owner)
        : owner_(owner) {}

    // A link on which the peer receives.
    std::unique_ptr<node> requests(std::unique_ptr<session_link> on);

    // One on which it answers.
    std::unique_ptr<node> responses(std::unique_ptr<session_link> on);

    // On the newest link that has credit.
    core::delivery_answer call(std::string_view request_id, std::string_view method,
                               std::string_view payload);

private:
    class request_node;
    class response_node;

    result<> take(const message& response);

    device_session& owner_;
    std::vector<request_node*> receivers_;
};

} // namespace iothub::amqp
