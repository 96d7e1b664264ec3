#pragma once
// "$management" of the Event Hubs-compatible endpoint: what partitions there are and what they hold
// (service API §7.5; row E01). Used by connection.

#include <string>
#include <variant>

#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"
#include "emulator/amqp/request_channel.hpp"

namespace iothub::amqp {

class management {
public:
    static constexpr std::size_t max_links = 64;

    explicit management(const context& lent);

    // Anybody may: requests bring tokens of their own, and Java's have no other.
    attach_answer attach(link& which) { return channel_.attach(which); }

    // A READ request of com.microsoft:eventhub or com.microsoft:partition (or what claims to be
    // one), and its answer: 200, or 400, 401, 404 or 500 with "error-condition".
    message answer_to(const message& request) const;

private:
    using answer_body = std::variant<map, condition>;

    answer_body read(const map& asked) const;
    answer_body read_partition(const map& asked, const std::string& entity) const;
    map describe_hub(const std::string& entity) const;
    map describe_partition(std::uint32_t number, const std::string& entity) const;
    bool allowed(const map& asked) const;

    const context& lent_;
    request_channel channel_;
};

} // namespace iothub::amqp
