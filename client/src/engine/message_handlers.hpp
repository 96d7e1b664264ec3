#pragma once
// The user's handlers of received messages, and the messages that came before there was one for
// them: a lasting MQTT session brings what the hub held back as soon as it is connected. Any thread
// may set handlers; the engine runs them on the thread of the callbacks.

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "iothub/message.hpp"

namespace iothub::client {

class message_handlers {
public:
    static constexpr std::size_t limit = 50; // messages that wait; the oldest is dropped

    // An empty input: for all that has no handler of its own. An empty handler takes it away. The
    // number of messages that wait: for each of them run_next() is to be called.
    std::size_t set(const std::string& input, message_handler handler);

    // To be followed by run_next().
    void add(received_message received);

    // Hands the oldest message that there is a handler for to it; throws what that throws.
    void run_next();

private:
    message_handler find(const received_message& received) const;

    std::mutex mutex_;
    std::map<std::string, message_handler> handlers_;
    std::deque<received_message> waiting_;
};

} // namespace iothub::client
