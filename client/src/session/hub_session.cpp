#include "client/src/session/hub_session.hpp"

#include <algorithm>
#include <utility>

#include "client/src/session/refusal.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::client {

using enum connection_status_change_reason;

namespace {

constexpr std::chrono::seconds reading_retry{10};

hub_error_details closed_error() {
    return {.kind = hub_error_kind::client_closed, .message = "The client is closed"};
}

hub_error_details network_failure(const std::string& why) {
    return {.kind = hub_error_kind::network, .message = why};
}

} // namespace

hub_session::hub_session(credentials self, const session_settings& settings,
                         session_surroundings surroundings, session_observer& observer)
    : self_(std::move(self))
    , settings_(settings)
    , surroundings_(std::move(surroundings))
    , observer_(observer)
    , backoff_(settings.retry, surroundings_.random) {}

void hub_session::submit(operation wanted) {
    if (phase_ == phase::ended) {
        wanted.done(end_error_);
        return;
    }
    if (wanted.kind == operation_kind::twin_get || wanted.kind == operation_kind::reported_patch) {
        subscriptions_.want(topics::twin_response_filter);
    }
    outbox_.add(std::move(wanted));
    if (phase_ == phase::idle) {
        phase_ = phase::waiting;
        attempt_due_.reset(); // at once
    }
}

void hub_session::open(operation barrier) {
    if (phase_ == phase::ended) {
        phase_ = phase::idle;
        accepted_before_ = false;
        backoff_.restart();
    }
    submit(std::move(barrier));
}

void hub_session::watch_desired(operation barrier) {
    if (!std::exchange(watching_desired_, true)) {
        subscriptions_.want(topics::desired_filter);
        reading_ = true;
        barrier.kind = operation_kind::twin_get;
        barrier.done = [this, done = std::move(barrier.done)](const outcome& result) {
            desired_read(result);
            done(result);
        };
    }
    submit(std::move(barrier));
}

void hub_session::subscribe(const std::string& filter, operation barrier) {
    subscriptions_.want(filter);
    submit(std::move(barrier));
}

void hub_session::answer_method(const method_call& call, int status, const std::string& payload) {
    if (phase_ == phase::online && call.connection == connection_) {
        link_->publish(topics::method_response_topic(status, call.id), payload, 0);
    }
}

void hub_session::close() {
    if (link_) {
        link_->disconnect();
    }
    end(client_close, closed_error());
}

void hub_session::advance(time_point now) {
    now_ = now;
    handle_events();
    act_on_time();
    expire();
    flush();
    handle_events(); // what sending led to
}

std::optional<hub_session::time_point> hub_session::next_deadline() const {
    if (phase_ == phase::waiting && !attempt_due_) {
        return now_;
    }
    std::optional<time_point> next = outbox_.next_deadline();
    const bool is_online = phase_ == phase::online;
    for (const auto& due : {attempt_due_, renewal_due_, is_online ? reading_due_ : std::nullopt}) {
        if (due) {
            next = std::min(next.value_or(*due), *due);
        }
    }
    return next;
}

void hub_session::act_on_time() {
    const auto is_due = [this](const auto& due) { return due && now_ >= *due; };
    if (phase_ == phase::waiting && (!attempt_due_ || is_due(attempt_due_))) {
        connect();
    } else if (phase_ == phase::connecting && is_due(attempt_due_)) {
        retry(loss::communication, "the server did not answer in time");
    } else if (phase_ == phase::online && is_due(renewal_due_)) {
        renew();
    }
    if (phase_ == phase::online && watching_desired_ && is_due(reading_due_)) {
        read_desired();
    }
}

void hub_session::connect() {
    const timestamp now = surroundings_.wall_clock();
    const password issued = self_.issue(now);
    if (issued.expiry && *issued.expiry <= now) {
        end(expired_sas_token, {.kind = hub_error_kind::unauthorized,
                                .message = "The SAS token of the connection string has expired"});
        return;
    }
    phase_ = phase::connecting;
    attempt_due_ = now_ + settings_.connect_timeout;
    link_ = surroundings_.open_link(issued.text);
    handle_events();
}

void hub_session::handle_events() {
    if (!link_) {
        return;
    }
    const mqtt_link* const present = link_.get();
    for (link_event& event : link_->take_events()) {
        if (link_.get() == present) {
            std::visit([this](auto& e) { handle(e); }, event);
        }
    }
}

void hub_session::handle(link_answered& event) {
    if (event.return_code == 0) {
        online();
    } else {
        refused(event.return_code);
    }
}

void hub_session::online() {
    phase_ = phase::online;
    ++connection_;
    attempt_due_.reset();
    accepted_before_ = true;
    backoff_.connected(now_);
    subscriptions_.restart();
    if (self_.renewable()) {
        renewal_due_ = now_ + self_.renew_after();
    }
    if (watching_desired_) {
        desired_.reconnected();
        reading_due_ = now_;
    }
    report(connection_status::connected, connection_ok);
}

void hub_session::refused(int return_code) {
    const refusal refused = read_refusal(return_code, accepted_before_);
    if (refused.final_reason) {
        end(*refused.final_reason, refused.error);
    } else {
        retry(loss::communication, refused.error.message);
    }
}

void hub_session::handle(link_granted& event) {
    const auto refused_filters = subscriptions_.answered(event.packet_id, event.granted);
    if (!refused_filters.empty()) {
        outbox_.fail_requests(
            {.kind = hub_error_kind::protocol,
             .message = "The hub refused the subscription to " + refused_filters.front()});
    }
    if (std::ranges::find(refused_filters, topics::desired_filter) != refused_filters.end()) {
        watching_desired_ = false;
    }
}

void hub_session::handle(link_acknowledged& event) {
    outbox_.acknowledged(event.packet_id);
}

void hub_session::handle(link_received& event) {
    const auto publication = topics::parse_hub_publication(event.topic);
    if (const auto* response = std::get_if<topics::twin_response>(&publication)) {
        outbox_.answered(*response, std::move(event.payload));
    } else if (std::holds_alternative<topics::desired_update>(publication)) {
        auto patch = parse_json(event.payload);
        if (patch && patch->is_object()) {
            deliver(desired_.notified(*std::move(patch)));
        }
    } else if (const auto* call = std::get_if<topics::method_request>(&publication)) {
        observer_.method_called(
            {connection_, call->request_id, call->method, std::move(event.payload)});
    } else if (const auto* message = std::get_if<topics::message>(&publication)) {
        observer_.message_received(*message, event.payload);
    }
}

void hub_session::handle(link_lost& event) {
    if (event.kind == loss::untrusted) {
        end(communication_error,
            network_failure("No connection to " + place(self_.server()) + ": " + event.reason));
    } else {
        retry(event.kind, event.reason);
    }
}

void hub_session::retry(loss kind, const std::string& why) {
    last_failure_ = why;
    drop_link();
    attempt_due_ = backoff_.failed(now_);
    if (!attempt_due_) {
        end(retry_expired, network_failure("No connection to " + place(self_.server()) +
                                           " within the retry policy's time: " + why));
        return;
    }
    phase_ = phase::waiting;
    report(connection_status::disconnected_retrying,
           kind == loss::no_network ? no_network : communication_error);
}

void hub_session::end(connection_status_change_reason reason, const hub_error_details& error) {
    drop_link();
    phase_ = phase::ended;
    end_error_ = error;
    report(connection_status::disconnected, reason);
    outbox_.fail_all(error);
}

void hub_session::drop_link() {
    link_.reset();
    attempt_due_.reset();
    renewal_due_.reset();
    outbox_.unsend();
}

void hub_session::renew() {
    link_->disconnect();
    drop_link();
    connect();
}

void hub_session::expire() {
    outbox_.expire(now_, phase_ == phase::online
                             ? "The hub did not answer in time"
                             : "No connection to " + place(self_.server()) + " in time" +
                                   (last_failure_.empty() ? "" : ": " + last_failure_));
}

void hub_session::flush() {
    while (phase_ == phase::online && ask_for_subscriptions()) {
        const operation* next = outbox_.front();
        if (next == nullptr || !transmit(*next)) {
            return;
        }
    }
}

// Whether everything that is wanted has been granted.
bool hub_session::ask_for_subscriptions() {
    const auto filters = subscriptions_.to_ask();
    if (!filters.empty()) {
        if (const auto packet_id = link_->subscribe(filters)) {
            subscriptions_.asked(*packet_id);
        }
    }
    return subscriptions_.settled();
}

bool hub_session::transmit(const operation& next) {
    std::optional<int> packet_id;
    switch (next.kind) {
    case operation_kind::barrier:
        outbox_.complete_front();
        return true;
    case operation_kind::message:
        packet_id = link_->publish(next.topic, next.payload, 1);
        if (packet_id) {
            outbox_.front_sent(packet_id);
        }
        return packet_id.has_value();
    case operation_kind::twin_get:
        packet_id = link_->publish(topics::twin_get_topic(outbox_.front_request_id()), "", 0);
        break;
    case operation_kind::reported_patch:
        packet_id = link_->publish(topics::reported_patch_topic(outbox_.front_request_id()),
                                   next.payload, 0);
        break;
    }
    if (packet_id) {
        outbox_.front_sent();
    }
    return packet_id.has_value();
}

void hub_session::read_desired() {
    reading_due_.reset();
    if (std::exchange(reading_, true)) {
        return;
    }
    submit({.kind = operation_kind::twin_get,
            .deadline = now_ + settings_.operation_timeout,
            .done = [this](const outcome& result) { desired_read(result); }});
}

void hub_session::desired_read(const outcome& result) {
    reading_ = false;
    const auto document = result ? parse_json(result->payload) : parse_json("");
    if (document && document->is_object() && document->contains("desired")) {
        deliver(desired_.read_again(document->at("desired")));
    } else {
        reading_due_ = now_ + reading_retry;
    }
}

void hub_session::deliver(const std::vector<json>& patches) {
    for (const json& patch : patches) {
        observer_.desired_changed(patch);
    }
}

void hub_session::report(connection_status status, connection_status_change_reason reason) {
    const auto changed = std::make_pair(status, reason);
    if (reported_ != changed) {
        reported_ = changed;
        observer_.status_changed(status, reason);
    }
}

} // namespace iothub::client
