#pragma once
// A device's or module's pairs of links to its twin (device protocol §2.7; rows T04, T06): requests
// on the one, replies and changes of desired properties on the other. A pair shares the property
// com.microsoft:channel-correlation-id. Part of device_session.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/amqp/engine/link.hpp"
#include "emulator/amqp/outbox.hpp"
#include "emulator/amqp/values/message.hpp"

namespace iothub::session {
struct twin_reply;
}

namespace iothub::amqp {

class device_session;
class session_link;

class twin_links {
public:
    explicit twin_links(device_session& owner)
        : owner_(owner) {}

    // A link on which the peer sends requests.
    std::unique_ptr<node> requests(std::unique_ptr<session_link> on);

    // One on which it receives.
    std::unique_ptr<node> replies(std::unique_ptr<session_link> on);

    // To all who have subscribed; whether there is anybody.
    bool notify(std::uint64_t version, std::string_view patch);

private:
    class request_node;
    struct receiver {
        outbox* box;
        bool subscribed = false;
    };

    void take(const message& request, const std::string& channel);
    session::twin_reply answer_to(const message& request, receiver* asking);
    receiver* receiver_for(const std::string& channel);

    device_session& owner_;
    std::vector<receiver> receivers_;
};

} // namespace iothub::amqp
