#pragma once
// A node that is asked and answers ("$cbs", "$management"): the peer sends requests on one link and
// hears the answers on another, which it names in reply-to. Held by the nodes.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/amqp/outbox.hpp"
#include "emulator/amqp/values/message.hpp"

namespace iothub::amqp {

class request_channel {
public:
    struct traits {
        std::string name; // for the log and the peer: "$cbs"
        std::size_t max_links = 16;
        std::function<message(const message& request)> answer; // the correlation id is added
    };

    request_channel(const context& lent, traits its)
        : lent_(lent)
        , its_(std::move(its)) {}
    request_channel(const request_channel&) = delete;
    request_channel& operator=(const request_channel&) = delete;

    attach_answer attach(link& which);

private:
    class request_node;

    void take(const message& request);
    outbox* box_for(const message& request) const;

    const context& lent_;
    traits its_;
    std::vector<outbox*> boxes_;
    std::size_t senders_ = 0;
};

// The beginning of an answer: "status-code" and "status-description".
message status_answer(std::int32_t status, std::string description);

} // namespace iothub::amqp
