#include "emulator/amqp/request_channel.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace iothub::amqp {

class request_channel::request_node final : public node {
public:
    explicit request_node(request_channel& owner)
        : owner_(owner) {
        ++owner_.senders_;
    }
    ~request_node() override { --owner_.senders_; }

    result<> received(std::string_view encoded, std::uint32_t) override {
        const auto request = decode_message(encoded);
        if (!request) {
            return request.error();
        }
        owner_.take(*request);
        return {};
    }

private:
    request_channel& owner_;
};

attach_answer request_channel::attach(link& which) {
    if (boxes_.size() + senders_ >= its_.max_links) {
        return condition{"amqp:resource-limit-exceeded", "Too many links to " + its_.name + "."};
    }
    if (which.request().peer_sends) {
        return accepted_attach{.node = std::make_unique<request_node>(*this), .credit = 100};
    }
    auto box = std::make_unique<outbox>(which, false,
                                        [this](const outbox& gone) { std::erase(boxes_, &gone); });
    boxes_.push_back(box.get());
    return accepted_attach{.node = std::move(box)};
}

void request_channel::take(const message& request) {
    message answer = its_.answer(request);
    answer.properties.emplace();
    if (request.properties) {
        answer.properties->correlation_id = request.properties->message_id;
    }
    outbox* box = box_for(request);
    if (box == nullptr || !box->send(answer)) {
        lent_.write_log(log_level::warning, lent_.peer.address,
                        "an answer finds no receiver on " + its_.name);
    }
}

// Java names its receiver by nothing but being on the same session; others by reply-to, which is
// the link's name or the address of its target; "cbs" is nobody's.
outbox* request_channel::box_for(const message& request) const {
    if (boxes_.empty()) {
        return nullptr;
    }
    const auto reply_to =
        request.properties ? request.properties->reply_to.value_or("") : std::string();
    const auto named = std::ranges::find_if(boxes_, [&](const outbox* box) {
        return box->request().name == reply_to || box->request().peer_address == reply_to;
    });
    return named == boxes_.end() ? boxes_.back() : *named;
}

message status_answer(std::int32_t status, std::string description) {
    message answer;
    answer.application_properties = {{"status-code", status},
                                     {"status-description", std::move(description)}};
    return answer;
}

} // namespace iothub::amqp
