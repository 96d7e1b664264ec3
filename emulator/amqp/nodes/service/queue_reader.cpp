#include "emulator/amqp/nodes/service/queue_reader.hpp"

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/amqp/event_time.hpp"
#include "emulator/amqp/lock_tag.hpp"
#include "emulator/core/store.hpp"

namespace iothub::amqp {

class queue_reader::watcher final : public core::queue_locks::watcher {
public:
    explicit watcher(queue_reader& owner)
        : owner_(owner) {}

    void available() override {
        if (owner_.deliver()) {
            owner_.lent_.on_output();
        }
    }

private:
    queue_reader& owner_;
};

queue_reader::queue_reader(const context& lent, link& which, core::queue_locks& queue, source next)
    : lent_(lent)
    , link_(which)
    , queue_(queue)
    , next_(std::move(next))
    , watcher_(std::make_shared<watcher>(*this)) {
    queue_.watch(watcher_);
}

queue_reader::~queue_reader() {
    for (const std::string& token : unsettled_) {
        static_cast<void>(queue_.give_back(token));
    }
}

// Whether there was anything to deliver.
bool queue_reader::deliver() try {
    bool any = false;
    while (link_.credit() > 0 && unsettled_.size() < max_unsettled) {
        const auto next = next_();
        if (!next) {
            break;
        }
        unsettled_.insert(next->lock_token);
        link_.send(lock_tag(next->lock_token).value_or(""), encode_message(next->message), false);
        any = true;
    }
    return any;
} catch (const core::store_fault& fault) {
    lent_.write_fault("what waits cannot be read", fault);
    return true;
}

result<> queue_reader::settled(std::string_view tag, outcome how) {
    const std::string token = lock_token(tag).value_or("");
    unsettled_.erase(token);
    const bool takes = how == outcome::accepted || how == outcome::rejected;
    const auto done = takes ? queue_.complete(token) : queue_.abandon(token);
    if (!done) {
        lent_.write_log(log_level::info, lent_.peer.address,
                        "a delivery is settled too late: " + log_text(done.error()));
    }
    deliver(); // there may have been too many unsettled ones
    return done;
}

message queue_message(const core::hub& hub, const json& document, const char* content_type,
                      timestamp enqueued) {
    message made;
    made.annotations = {{symbol{"iothub-enqueuedtime"}, event_time(enqueued)}};
    made.properties.emplace();
    made.properties->user_id = hub.name();
    made.properties->content_type = content_type;
    made.data = {to_text(document)};
    return made;
}

attach_answer attach_queue_reader(const context& lent, link& which, core::queue_locks& queue,
                                  queue_reader::source next) {
    if (which.request().peer_sends) {
        return condition{"amqp:not-allowed", "Back ends receive here; nothing can be sent."};
    }
    return accepted_attach{.node =
                               std::make_unique<queue_reader>(lent, which, queue, std::move(next))};
}

} // namespace iothub::amqp
