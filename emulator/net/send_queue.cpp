#include "emulator/net/send_queue.hpp"

#include <algorithm>

namespace iothub::net {

void send_queue::append(std::string_view bytes) {
    // Moving the rest forward is paid for by the bytes already sent: each is moved at most once.
    if (sent_ > 0 && sent_ >= size()) {
        bytes_.erase(0, sent_);
        sent_ = 0;
    }
    bytes_.append(bytes);
}

void send_queue::consume(std::size_t count) {
    sent_ += std::min(count, size());
    if (empty())
        clear();
}

void send_queue::clear() {
    std::string().swap(bytes_);
    sent_ = 0;
}

} // namespace iothub::net
