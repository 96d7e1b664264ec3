#pragma once
// A link on which a back end receives from a queue whose receivers compete (service API §7.3,
// §7.4): a delivery for each credit, locked until it is settled. accepted and rejected take it out
// of the queue; released and modified abandon it; what is not settled when the link ends waits
// again at once. Used by feedback and file_notifications.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/json_fwd.hpp"
#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/core/queue_locks.hpp"

namespace iothub::amqp {

struct locked_message {
    std::string lock_token;
    amqp::message message;
};

class queue_reader final : public node {
public:
    static constexpr std::size_t max_unsettled = 500;

    // Locks and gives what comes next; nothing where nothing waits. May throw store_fault.
    using source = std::function<std::optional<locked_message>()>;

    queue_reader(const context& lent, link& which, core::queue_locks& queue, source next);
    ~queue_reader() override;

    void credit_changed() override { deliver(); }
    result<> settled(std::string_view tag, outcome how) override;

private:
    class watcher;

    bool deliver();

    const context& lent_;
    link& link_;
    core::queue_locks& queue_;
    source next_;
    std::set<std::string, std::less<>> unsettled_; // lock tokens
    std::shared_ptr<watcher> watcher_;
};

// As its receivers want it: `document` as data, the hub's name as user-id, and the time.
message queue_message(const core::hub& hub, const json& document, const char* content_type,
                      timestamp enqueued);

// The answer to a link to such a queue.
attach_answer attach_queue_reader(const context& lent, link& which, core::queue_locks& queue,
                                  queue_reader::source next);

} // namespace iothub::amqp
