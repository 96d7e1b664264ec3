#pragma once
// A link on which the peer receives replies: what is sent waits for credit, in order. The node of
// the receiving links of $cbs, $management, twin and methods.

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "emulator/amqp/engine/link.hpp"
#include "emulator/amqp/values/message.hpp"

namespace iothub::amqp {

class outbox final : public node {
public:
    static constexpr std::size_t max_waiting = 200;
    static constexpr std::size_t max_unsettled = 500; // further ones are sent settled
    static constexpr std::size_t max_unsent =
        1024 * 1024; // bytes that the session's window holds up

    // `settled`: deliveries need no answer. `gone` is called when the link has ended.
    outbox(link& which, bool settled, std::function<void(const outbox&)> gone);
    ~outbox() override;

    const attach_request& request() const { return link_.request(); }

    // False where too much waits: it is lost.
    bool send(const message& what);

    void credit_changed() override;
    result<> settled(std::string_view tag, outcome how) override;

private:
    void put_out(const std::string& encoded);

    link& link_;
    bool settled_;
    std::function<void(const outbox&)> gone_;
    std::deque<std::string> waiting_;
    std::uint64_t last_tag_ = 0;
    std::size_t unsettled_ = 0;
};

} // namespace iothub::amqp
