#pragma once
// A link's part in the session of an identity: it belongs to it while this lives, and the session,
// ended or not, outlives it. Held by the nodes of devices.

#include <memory>
#include <utility>

#include "emulator/amqp/engine/link.hpp"

namespace iothub::amqp {

class device_session;

class session_link {
public:
    session_link(std::shared_ptr<device_session> session, link& which);
    ~session_link();
    session_link(const session_link&) = delete;
    session_link& operator=(const session_link&) = delete;

    device_session& session() const { return *session_; }
    link& on() const { return link_; }

private:
    std::shared_ptr<device_session> session_;
    link& link_;
};

} // namespace iothub::amqp
