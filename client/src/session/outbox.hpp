#pragma once
// Everything a client has been asked to do and that has no answer yet: messages, twin requests, and
// barriers (waiting for the connection). Keeps their order over reconnects, their deadlines, and
// sees to it that each ends exactly once. Used by hub_session; knows no clock.

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include <boost/system/result.hpp>

#include "common/hub_topics.hpp"
#include "iothub/hub_error.hpp"

namespace iothub::client {

struct answer {
    std::optional<std::uint64_t> version; // of the reported properties, after a patch
    std::string payload;
};
using outcome = boost::system::result<answer, hub_error_details>;
using completion = std::function<void(outcome)>;

enum class operation_kind { barrier, message, twin_get, reported_patch };

struct operation {
    using time_point = std::chrono::steady_clock::time_point;

    operation_kind kind = operation_kind::barrier;
    std::string topic{};   // of a message
    std::string payload{}; // of a message or a patch
    time_point deadline{};
    completion done{}; // called once, on the client's loop thread; must not throw
};

class outbox {
public:
    using time_point = operation::time_point;
    static constexpr std::size_t limit = 1000;

    // One more than the limit ends at once with quota_exceeded.
    void add(operation added);

    // The oldest operation that has not been sent, and the request id it goes by.
    const operation* front() const;
    std::string front_request_id() const;

    // The front one is on its way; a message under that packet id.
    void front_sent(std::optional<int> packet_id = std::nullopt);
    void complete_front();

    // Answers to what was sent; an unknown one is ignored.
    void acknowledged(int packet_id);
    void answered(const topics::twin_response& response, std::string payload);

    // The connection is gone: everything is to be sent again, in its order.
    void unsend();

    // Fails what is overdue; `reason` says why, for the message.
    void expire(time_point now, const std::string& reason);
    void fail_all(const hub_error_details& error);

    // All but messages; where the hub refuses the subscription for answers.
    void fail_requests(const hub_error_details& error);

    std::optional<time_point> next_deadline() const;
    bool empty() const { return waiting_.empty() && sent_.empty(); }

private:
    using id = std::uint64_t;

    template <class Condition>
    void fail_if(const Condition& condition, const hub_error_details& error);
    void finish_sent(id finished, outcome result);

    id next_id_ = 1;
    std::deque<std::pair<id, operation>> waiting_;
    std::map<id, operation> sent_;
    std::map<int, id> by_packet_id_;
};

} // namespace iothub::client
