#include "client/src/amqp/amqp_requests.hpp"

#include <utility>

#include "client/src/amqp/amqp_refusal.hpp"
#include "client/src/error_details.hpp"
#include "common/sas_token.hpp"

namespace iothub::client {

namespace {

// Services write it in either way.
int status_of(const amqp_message& answer) {
    const auto status = integer_in(answer.application_properties, "status-code");
    return static_cast<int>(status == 0 ? integer_in(answer.application_properties, "statusCode")
                                        : status);
}

std::string description_of(const amqp_message& answer) {
    const std::string text = text_in(answer.application_properties, "status-description");
    return text.empty() ? text_in(answer.application_properties, "statusDescription") : text;
}

} // namespace

std::string policy_signer::token(timestamp now) const {
    return make_sas_token(resource, base64_key, now + lifetime, policy_name).value();
}

amqp_message amqp_requests::ask(const std::string& address, amqp_message request, deadline until) {
    const channel& at = channel_at(address, until);
    request.message_id = "request-" + std::to_string(++last_id_);
    request.to = address;
    request.reply_to = at.receiver->name();
    connection_.send(*at.sender, encode(request), until);
    std::optional<amqp_message> answer;
    const bool answered = connection_.run(until, [&] {
        while (const auto encoded = at.receiver->take()) {
            if (amqp_message one = decode(*encoded); one.correlation_id == request.message_id) {
                answer = std::move(one);
            }
        }
        return answer.has_value();
    });
    if (!answered) {
        throw_error(hub_error_kind::time_out, "No answer came from " + address + " in time");
    }
    if (const int status = status_of(*answer); status < 200 || status >= 300) {
        throw_error(read_refused_request(status, description_of(*answer)));
    }
    return *std::move(answer);
}

void amqp_requests::put_token(const policy_signer& signer, deadline until) {
    const auto now = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
    amqp_message request;
    request.application_properties = {{"operation", "put-token"},
                                      {"type", "servicebus.windows.net:sastoken"},
                                      {"name", signer.resource}};
    request.text = signer.token(now);
    ask("$cbs", std::move(request), until);
}

amqp_requests::channel& amqp_requests::channel_at(const std::string& address, deadline until) {
    channel& at = channels_[address];
    if (at.sender == nullptr) {
        at.sender = &connection_.open_sender(address, until);
        at.receiver = &connection_.open_receiver(address, {}, until);
    }
    return at;
}

} // namespace iothub::client
