#include "client/src/engine/message_handlers.hpp"

#include <algorithm>
#include <utility>

namespace iothub::client {

std::size_t message_handlers::set(const std::string& input, message_handler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[input] = std::move(handler);
    return waiting_.size();
}

void message_handlers::add(received_message received) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() == limit) {
        waiting_.pop_front();
    }
    waiting_.push_back(std::move(received));
}

void message_handlers::run_next() {
    std::unique_lock lock(mutex_);
    const auto next = std::ranges::find_if(
        waiting_, [this](const received_message& m) { return find(m) != nullptr; });
    if (next == waiting_.end()) {
        return;
    }
    const message_handler handler = find(*next);
    const received_message received = std::move(*next);
    waiting_.erase(next);
    lock.unlock();
    handler(received);
}

message_handler message_handlers::find(const received_message& received) const {
    for (const std::string& input : {received.input_name, std::string()}) {
        const auto found = handlers_.find(input);
        if (found != handlers_.end() && found->second) {
            return found->second;
        }
    }
    return {};
}

} // namespace iothub::client
