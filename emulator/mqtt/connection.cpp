#include "emulator/mqtt/connection.hpp"

#include <algorithm>
#include <utility>

#include "common/hub_topics.hpp"
#include "emulator/core/store.hpp"
#include "emulator/mqtt/admission.hpp"
#include "emulator/mqtt/codec/packet_writer.hpp"
#include "emulator/mqtt/codec/subscribe.hpp"
#include "emulator/mqtt/operations/telemetry.hpp"

namespace iothub::mqtt {

namespace {

// One and a half times what the client said (§3.1.2.10). A client that sets no limit gets the
// longest there is.
ticks silence_allowed(std::uint16_t keep_alive) {
    const std::chrono::milliseconds asked_for(keep_alive * 1500);
    return keep_alive == 0 ? connection::max_silence
                           : std::min<ticks>(asked_for, connection::max_silence);
}

// Two ids of 128 characters and a slash are the longest there are.
constexpr std::size_t max_logged_client_id = 257;
constexpr std::size_t max_logged_topic = 300;

} // namespace

connection::connection(core::hub& hub, net::peer peer, std::string transport,
                       std::function<void()> on_hub_output)
    : hub_(hub)
    , peer_(std::move(peer))
    , trace_(hub.journal(), peer_.address)
    , transport_(std::move(transport))
    , on_hub_output_(std::move(on_hub_output))
    , deliveries_(hub)
    , session_(hub)
    , last_heard_(hub.time().now()) {}

connection::~connection() {
    stream_ended("dropped");
}

void connection::receive(std::string_view bytes) {
    if (!ended() && (blocked() || !waiting_.empty())) {
        waiting_ += bytes;
    } else {
        take_packets(bytes);
    }
}

void connection::resume() {
    held_back_ = false;
    take_packets(std::exchange(waiting_, {}));
    if (phase_ == phase::connected) {
        ask_for_more();
    }
}

std::string connection::take_output() {
    trace_.sent(output_);
    return std::exchange(output_, {});
}

void connection::take_packets(std::string_view bytes) {
    noted_ = false;
    while (!ended() && !blocked()) {
        const auto packet = reader_.next(bytes);
        if (!packet) {
            violation(packet.error().detail);
        } else if (!*packet) {
            return;
        } else {
            handle(**packet);
        }
    }
    if (!ended()) {
        waiting_ = bytes;
    }
}

timestamp connection::deadline() const {
    const timestamp unless_heard = last_heard_ + allowed_silence_;
    return phase_ == phase::connected ? std::min(unless_heard, who_.expiry) : unless_heard;
}

void connection::check_deadline() {
    const timestamp now = hub_.time().now();
    if (ended() || now < deadline()) {
        return;
    }
    if (phase_ == phase::awaiting_connect) {
        violation("no CONNECT in time");
    } else if (now >= who_.expiry) {
        end(log_level::info, "its token or certificate has expired");
    } else {
        end(log_level::info, "nothing heard for one and a half times the keep-alive");
    }
}

void connection::stream_ended(std::string_view reason) {
    if (!ended()) {
        end(phase_ == phase::connected ? log_level::info : log_level::debug, reason);
    }
    output_.clear();
}

void connection::desired_changed(std::uint64_t version, std::string_view patch) {
    if (ended() || !subscriptions_.has(topics::subscription::desired_properties)) {
        return;
    }
    append_publish(output_, topics::desired_topic(version), patch);
    on_hub_output_();
}

core::delivery_answer connection::call_method(std::string_view request_id, std::string_view method,
                                              std::string_view payload) {
    if (ended() || !subscriptions_.has(topics::subscription::methods)) {
        return core::delivery_answer::not_subscribed;
    }
    if (blocked() || held_back_) {
        return core::delivery_answer::no_room;
    }
    append_publish(output_, topics::method_request_topic(method, request_id), payload);
    on_hub_output_();
    return core::delivery_answer::taken;
}

core::delivery_answer connection::deliver(const core::c2d_delivery& delivery) {
    if (ended() || blocked() || held_back_) {
        return core::delivery_answer::no_room;
    }
    const core::delivery_answer answer = deliveries_.send(delivery, subscriptions_, output_);
    if (answer == core::delivery_answer::taken || answer == core::delivery_answer::completed) {
        on_hub_output_();
    }
    return answer;
}

void connection::disconnect(const error& reason) {
    if (ended()) {
        return;
    }
    if (reason.code == errc::connection_forcefully_closed_on_new_connection) {
        send_will(); // an identity that is disabled or deleted sends nothing more
    }
    phase_ = phase::ended;
    end_reason_ = log_text(reason);
    write_log(log_level::info, "disconnected by the hub: " + end_reason_);
    on_hub_output_();
}

void connection::handle(const raw_packet& packet) {
    trace_.received(packet);
    phase_ == phase::awaiting_connect ? handle_first(packet) : handle_later(packet);
}

void connection::handle_first(const raw_packet& packet) {
    if (packet.type != packet_type::connect) {
        violation("the first packet is not CONNECT but " + std::string(name_of(packet.type)));
        return;
    }
    const auto decoded = decode_connect(packet.body);
    if (!decoded) {
        violation(decoded.error().detail);
        return;
    }
    on_connect(*decoded);
}

void connection::on_connect(const connect& packet) {
    auto who = admit(hub_, packet, peer_);
    if (!who) {
        refuse(packet, who.error());
        return;
    }
    who_ = *std::move(who);
    if (auto will = read_will(packet, who_.key)) {
        will_ = *std::move(will);
    } else {
        hub_.sessions().refused(who_.key, log_text(will.error()));
        refuse(packet, will.error());
        return;
    }
    phase_ = phase::connected;
    last_heard_ = hub_.time().now();
    allowed_silence_ = silence_allowed(packet.keep_alive);
    reader_.set_limit(max_packet);
    deliveries_.begin(who_.key);
    hub_.sessions().connect(who_.key, *this, {transport_, peer_.address});
    append_connack(output_, connect_return_code::accepted,
                   session_.resume(who_, packet.clean_session, subscriptions_));
    ask_for_more();
    ++hub_.count().connections;
    write_log(log_level::info, "connected (" + transport_ + ") from " + peer_.address);
}

// Calls and messages that waited for the client to take them can go out.
void connection::ask_for_more() {
    if (subscriptions_.has(topics::subscription::methods)) {
        hub_.methods().online(who_.key);
    }
    deliveries_.ask();
}

void connection::send_will() {
    if (const auto will = std::exchange(will_, std::nullopt)) {
        const auto taken =
            take_telemetry(hub_, who_, {will->properties, will->retain, will->payload});
        if (!taken) {
            write_log(log_level::warning, "its will is lost: " + log_text(taken.error()));
        }
    }
}

void connection::refuse(const connect& packet, const error& reason) {
    append_connack(output_, return_code_of(reason));
    const std::string_view claimed = packet.client_id.substr(0, max_logged_client_id);
    violation("client '" + std::string(claimed) + "': " + log_text(reason));
}

// Once for all packets that came together.
void connection::note_activity() {
    if (!std::exchange(noted_, true)) {
        last_heard_ = hub_.time().now();
        hub_.sessions().touch(who_.key);
    }
}

void connection::handle_later(const raw_packet& packet) {
    note_activity();
    switch (packet.type) {
    case packet_type::publish:
        return on_publish(packet);
    case packet_type::puback:
        return on_puback(packet);
    case packet_type::subscribe:
        return on_subscribe(packet);
    case packet_type::unsubscribe:
        return on_unsubscribe(packet);
    case packet_type::pingreq:
        return append_header(output_, packet_type::pingresp, 0, 0);
    case packet_type::disconnect:
        will_.reset();
        return end(log_level::info, "the client said goodbye");
    default:
        return violation(std::string(name_of(packet.type)) + " is not expected here");
    }
}

void connection::on_publish(const raw_packet& packet) {
    const auto decoded = decode_publish(packet.flags, packet.body);
    if (!decoded) {
        violation(decoded.error().detail);
    } else if (decoded->qos == 2) {
        violation("a PUBLISH of QoS 2");
    } else {
        std::visit([&](auto&& what) { handle(std::forward<decltype(what)>(what), *decoded); },
                   topics::parse_publication(decoded->topic, who_.key));
    }
}

void connection::handle(topics::telemetry message, const publish& packet) {
    if (packet.payload.size() + message.bag_size > core::max_device_message_bytes) {
        violation("a message of over 256 KiB");
        return;
    }
    const auto taken =
        take_telemetry(hub_, who_, {std::move(message.properties), packet.retain, packet.payload});
    if (taken) {
        acknowledge(packet);
    } else {
        end(log_level::warning, log_text(taken.error())); // MQTT 3.1.1 has no other way to say no
    }
}

void connection::handle(const topics::twin_get& request, const publish& packet) {
    acknowledge(packet);
    reply(request.request_id, session::get_twin({hub_, "mqtt", who_.key}));
}

void connection::handle(const topics::reported_patch& request, const publish& packet) {
    acknowledge(packet);
    auto answer =
        session::patch_reported({hub_, "mqtt", who_.key}, packet.payload, request.version);
    if (answer.status == 200) {
        answer.status = 204; // as MQTT says it
    }
    reply(request.request_id, answer);
}

void connection::handle(const topics::method_response& response, const publish& packet) {
    acknowledge(packet);
    if (!hub_.methods().answer(who_.key, response.request_id,
                               {response.status, std::string(packet.payload)})) {
        write_log(log_level::warning,
                  "a method response for the unknown request '" + response.request_id + "'");
    }
}

// A method response that cannot be read is like one that nobody waits for.
void connection::handle(const topics::malformed& topic, const publish& packet) {
    if (packet.topic.starts_with("$iothub/methods/res/")) {
        acknowledge(packet);
        write_log(log_level::warning, "a method response is ignored: " + topic.reason);
    } else {
        violation(topic.reason + ": '" + std::string(packet.topic.substr(0, max_logged_topic)) +
                  "'");
    }
}

void connection::acknowledge(const publish& packet) {
    if (packet.qos == 1) {
        append_puback(output_, packet.packet_id);
    }
}

void connection::reply(const std::string& request_id, const session::twin_reply& reply) {
    if (!session_.lasts() && !subscriptions_.has(topics::subscription::twin_responses)) {
        write_log(log_level::debug, "a twin response is dropped: not subscribed");
        return;
    }
    append_publish(output_, topics::twin_response_topic(reply.status, request_id, reply.version),
                   reply.body);
}

void connection::on_puback(const raw_packet& packet) {
    if (const auto packet_id = decode_puback(packet.body)) {
        deliveries_.acknowledged(*packet_id);
    } else {
        violation(packet_id.error().detail);
    }
}

void connection::on_subscribe(const raw_packet& packet) {
    const auto decoded = decode_subscribe(packet.body);
    if (!decoded) {
        violation(decoded.error().detail);
        return;
    }
    const auto codes = subscriptions_.add(*decoded, who_.key);
    append_suback(output_, decoded->packet_id, codes);
    log_refused_filters(*decoded, codes);
    session_.keep(subscriptions_);
    ask_for_more();
}

void connection::log_refused_filters(const subscribe& packet,
                                     const std::vector<std::uint8_t>& codes) const {
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i] == subscription_refused) {
            write_log(log_level::warning,
                      "may not subscribe to '" +
                          std::string(packet.requests[i].filter.substr(0, max_logged_topic)) + "'");
        }
    }
}

void connection::on_unsubscribe(const raw_packet& packet) {
    const auto decoded = decode_unsubscribe(packet.body);
    if (!decoded) {
        violation(decoded.error().detail);
        return;
    }
    subscriptions_.remove(*decoded, who_.key);
    session_.keep(subscriptions_);
    append_unsuback(output_, decoded->packet_id);
}

void connection::violation(std::string_view reason) {
    if (phase_ == phase::awaiting_connect) {
        ++hub_.count().refused_connections;
    }
    end(log_level::warning, reason);
}

void connection::end(log_level level, std::string_view reason) {
    end_reason_ = reason;
    if (phase_ == phase::connected) {
        send_will();
        hub_.sessions().disconnected(who_.key, *this, end_reason_);
        write_log(level, "disconnected: " + end_reason_);
    } else {
        write_log(level, "not connected: " + end_reason_);
    }
    phase_ = phase::ended;
    waiting_.clear();
}

void connection::write_log(log_level level, std::string_view text) const {
    std::string line = phase_ != phase::awaiting_connect ? who_.key.text() : peer_.address;
    hub_.journal().write(level, "mqtt", line.append(": ").append(text));
}

} // namespace iothub::mqtt
