#include "emulator/amqp/nodes/device/device_session.hpp"

#include <utility>

#include "emulator/amqp/nodes/device/telemetry.hpp"

namespace iothub::amqp {

session_link::session_link(std::shared_ptr<device_session> session, link& which)
    : session_(std::move(session))
    , link_(which) {
    session_->joined(link_);
}

session_link::~session_link() {
    session_->left(link_);
}

device_session::device_session(const context& lent, core::device_principal who, observer told)
    : lent_(lent)
    , who_(std::move(who))
    , told_(std::move(told))
    , deliveries_(*this)
    , twin_(*this)
    , methods_(*this) {}

device_session::~device_session() {
    end(log_level::debug, "dropped");
}

void device_session::begin() {
    hub().sessions().connect(who_.key, *this, {lent_.transport, lent_.peer.address});
    ++hub().count().connections;
    write_log(log_level::info, "connected (" + lent_.transport + ") from " + lent_.peer.address);
}

attach_answer device_session::attach(link& which, device_node what) {
    if (links_.size() >= max_links) {
        return condition{"amqp:resource-limit-exceeded", "Too many links of one identity."};
    }
    auto on = std::make_unique<session_link>(shared_from_this(), which);
    auto made =
        which.request().peer_sends ? sender(std::move(on), what) : receiver(std::move(on), what);
    const bool of_pair = what == device_node::twin || what == device_node::methods;
    return accepted_attach{.node = std::move(made), .settles_at_once = of_pair};
}

std::unique_ptr<node> device_session::sender(part on, device_node what) {
    switch (what) {
    case device_node::twin:
        return twin_.requests(std::move(on));
    case device_node::methods:
        return methods_.responses(std::move(on));
    case device_node::telemetry:
    case device_node::device_bound:
        break;
    }
    return std::make_unique<telemetry>(std::move(on));
}

std::unique_ptr<node> device_session::receiver(part on, device_node what) {
    switch (what) {
    case device_node::twin:
        return twin_.replies(std::move(on));
    case device_node::methods:
        return methods_.requests(std::move(on));
    case device_node::telemetry:
    case device_node::device_bound:
        break;
    }
    return deliveries_.receiver(std::move(on), what == device_node::telemetry);
}

void device_session::detach_all(const condition& why) {
    for (link* one : links_) {
        one->detach(why);
    }
}

void device_session::end(log_level level, std::string_view reason) {
    if (std::exchange(ended_, true)) {
        return;
    }
    hub().sessions().disconnected(who_.key, *this, reason);
    write_log(level, std::string("disconnected: ").append(reason));
}

void device_session::touch() {
    if (!ended_) {
        hub().sessions().touch(who_.key);
    }
}

void device_session::left(const link& which) {
    std::erase(links_, &which);
    if (links_.empty() && !ended_) {
        end(log_level::info, "its last link was detached");
        told_.left(who_.key);
    }
}

void device_session::desired_changed(std::uint64_t version, std::string_view patch) {
    if (!ended_ && twin_.notify(version, patch)) {
        lent_.on_output();
    }
}

core::delivery_answer device_session::call_method(std::string_view request_id,
                                                  std::string_view method,
                                                  std::string_view payload) {
    if (ended_) {
        return core::delivery_answer::not_subscribed;
    }
    const auto answer = methods_.call(request_id, method, payload);
    if (answer == core::delivery_answer::taken) {
        lent_.on_output();
    }
    return answer;
}

core::delivery_answer device_session::deliver(const core::c2d_delivery& delivery) {
    if (ended_) {
        return core::delivery_answer::not_subscribed;
    }
    const auto answer = deliveries_.send(delivery);
    if (answer == core::delivery_answer::taken) {
        lent_.on_output();
    }
    return answer;
}

void device_session::disconnect(const error& reason) {
    if (!std::exchange(ended_, true)) {
        write_log(log_level::info, "disconnected by the hub: " + log_text(reason));
        told_.ended_by_hub(who_.key, reason);
    }
}

} // namespace iothub::amqp
