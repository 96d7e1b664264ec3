// How scripted peers prove who they are.

#include <stdexcept>

#include "peer.hpp"
#include "token_request.hpp"

namespace iothub::test {

int peer::put_token(const std::string& token) {
    if (cbs_sender_ == nullptr) {
        cbs_sender_ = &sender("$cbs");
        cbs_receiver_ = &receiver("$cbs");
    }
    send(*cbs_sender_, token_request("request-" + std::to_string(last_number_), token));
    if (cbs_receiver_->inbox.empty()) {
        return 0;
    }
    const received_message answered = cbs_receiver_->inbox.front();
    const amqp::message& answer = answered.content;
    cbs_receiver_->inbox.pop_front();
    give_credit(*cbs_receiver_, 1);
    if (!answered.settled) {
        settle(*cbs_receiver_, answered.number, "accepted");
    }
    const amqp::value* status = amqp::find(answer.application_properties, "status-code");
    return status == nullptr ? 0 : static_cast<int>(status->integer().value_or(0));
}

std::string policy_token(const std::string& policy, const std::string& resource) {
    for (const core::access_policy& one : core::published_policies()) {
        if (one.name == policy) {
            const timestamp expiry = manual_clock().now() + std::chrono::hours(1);
            return make_sas_token(resource, one.primary_key, expiry, policy).value();
        }
    }
    throw std::logic_error("there is no policy " + policy);
}

} // namespace iothub::test
