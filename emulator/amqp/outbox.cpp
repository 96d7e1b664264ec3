#include "emulator/amqp/outbox.hpp"

#include <cstring>
#include <string_view>
#include <utility>

namespace iothub::amqp {

outbox::outbox(link& which, bool settled, std::function<void(const outbox&)> gone)
    : link_(which)
    , settled_(settled)
    , gone_(std::move(gone)) {}

outbox::~outbox() {
    gone_(*this);
}

bool outbox::send(const message& what) {
    if (waiting_.size() == max_waiting || link_.unsent() > max_unsent) {
        return false;
    }
    if (waiting_.empty() && link_.credit() > 0) {
        put_out(encode_message(what));
        return true;
    }
    waiting_.push_back(encode_message(what));
    return true;
}

void outbox::credit_changed() {
    while (!waiting_.empty() && link_.credit() > 0) {
        put_out(waiting_.front());
        waiting_.pop_front();
    }
}

// 16 bytes, as the real service's tags have.
void outbox::put_out(const std::string& encoded) {
    char tag[16] = {};
    ++last_tag_;
    std::memcpy(tag, &last_tag_, sizeof last_tag_);
    const bool settled = settled_ || unsettled_ >= max_unsettled;
    unsettled_ += settled ? 0 : 1;
    link_.send({tag, sizeof tag}, encoded, settled);
}

result<> outbox::settled(std::string_view, outcome) {
    --unsettled_;
    return {};
}

} // namespace iothub::amqp
