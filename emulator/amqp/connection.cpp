#include "emulator/amqp/connection.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/amqp/conditions.hpp"
#include "emulator/amqp/nodes/event_hub/entity.hpp"
#include "emulator/amqp/nodes/event_hub/partition_reader.hpp"
#include "emulator/amqp/nodes/event_hub/redirect.hpp"
#include "emulator/amqp/nodes/service/device_bound.hpp"
#include "emulator/amqp/nodes/service/feedback.hpp"
#include "emulator/amqp/nodes/service/file_notifications.hpp"

namespace iothub::amqp {

namespace {

constexpr std::size_t max_logged_address = 300;

// "DeviceGateway_" and 32 hexadecimal digits, as the real service's.
std::string container_id(core::hub& hub) {
    std::string id = core::make_guid(hub.ids());
    std::erase(id, '-');
    return "DeviceGateway_" + id;
}

// What SASL PLAIN says: an identity to act as, a user and a password between NULs.
std::string_view password_in(std::string_view response) {
    const auto user = response.find('\0');
    const auto password = user == std::string_view::npos ? user : response.find('\0', user + 1);
    return password == std::string_view::npos ? std::string_view() : response.substr(password + 1);
}

// The words of Event Hubs' paths have no case: Python writes them small in its tokens only.
std::vector<std::string> with_small_words(std::vector<std::string> path) {
    for (std::string& segment : path) {
        if (equal_ignoring_case(segment, "ConsumerGroups") ||
            equal_ignoring_case(segment, "Partitions")) {
            segment = lower_case(segment);
        }
    }
    return path;
}

} // namespace

connection::connection(core::hub& hub, net::peer peer, entrance by,
                       std::function<void()> on_hub_output)
    : hub_(hub)
    , peer_(std::move(peer))
    , trace_(hub.journal(), peer_.address)
    , by_(std::move(by))
    , on_hub_output_(std::move(on_hub_output))
    , credentials_(hub, peer_)
    , lent_{hub, credentials_, peer_, by_.transport, [this] { hub_made_output(); }, turns_}
    , cbs_(lent_, [this](const core::device_principal& who) { devices_.proved(who); })
    , devices_(lent_,
               [this](const identity_key& who, const error& reason) {
                   endings_.push_back({who, reason});
                   on_hub_output_();
               })
    , management_(lent_)
    , engine_({container_id(hub)}, *this)
    , started_(hub.time().now()) {}

connection::~connection() {
    stream_ended("dropped");
}

// Everything that goes through the engine: what nodes put out meanwhile needs no call.
void connection::run(const std::function<void()>& step) {
    in_engine_ = true;
    step();
    engine_.take_output(output_);
    in_engine_ = false;
    once_proved_ = proved();
}

// The engine goes on when the output is taken, not within the hub's call: it would tell nodes of
// what they have just sent.
void connection::hub_made_output() {
    if (!in_engine_) {
        output_due_ = true;
        on_hub_output_();
    }
}

void connection::receive(std::string_view bytes) {
    if (ended_) {
        return;
    }
    if (blocked() || !waiting_.empty()) {
        waiting_ += bytes;
    } else {
        turns_.peer_heard();
        trace_.received(bytes);
        run([&] { engine_.receive(bytes, hub_.time().now()); });
    }
}

void connection::resume() {
    turns_.resume();
    run([&] { turns_.go_on(); });
    if (!blocked()) {
        receive(std::exchange(waiting_, {}));
    }
}

bool connection::has_output() const {
    return !output_.empty() || !endings_.empty() || output_due_;
}

std::string connection::take_output() {
    carry_out_endings();
    if (std::exchange(output_due_, false)) {
        run([] {});
    }
    turns_.output_taken();
    trace_.sent(output_);
    return std::exchange(output_, {});
}

timestamp connection::deadline() const {
    return turns_.due() ? started_
                        : std::min({end_of_patience(), engine_.next_tick(), devices_.next_expiry(),
                                    credentials_.next_expiry()});
}

// A device with a certificate may attach its first link long after it has opened.
timestamp connection::end_of_patience() const {
    if (!opened_) {
        return started_ + open_limit;
    }
    return proved() || !peer_.certificates.empty() ? timestamp::max() : *opened_ + proof_limit;
}

void connection::end_impatiently() {
    if (!opened_) {
        return end("no open in time");
    }
    const std::string limit = std::to_string(proof_limit.count()) + " s";
    lent_.write_log(log_level::warning, peer_.address,
                    "closed: nothing was proved within " + limit + " of its open");
    run([&] {
        engine_.close(
            condition{"amqp:connection:forced", "No token was accepted in " + limit + "."});
    });
}

void connection::check_deadline() {
    const timestamp now = hub_.time().now();
    if (ended_ || now < deadline()) {
        return;
    }
    if (now >= end_of_patience()) {
        return end_impatiently();
    }
    run([&] {
        engine_.tick(now);
        turns_.go_on();
        end_expired_devices();
        end_unproved_back_ends();
    });
}

void connection::end_expired_devices() {
    for (const identity_key& key : devices_.expired()) {
        if (const auto who = credentials_.device(key)) {
            devices_.proved(*who);
        } else {
            devices_.end(key, {"amqp:unauthorized-access", "Token Invalid."},
                         "its token or certificate has expired");
        }
    }
}

void connection::end_unproved_back_ends() {
    if (credentials_.next_expiry() > hub_.time().now()) {
        return;
    }
    credentials_.drop_expired();
    forget_closed_links();
    for (const auto& [number, path] : back_end_links_) {
        if (!credentials_.back_end(core::permission::service_connect, path)) {
            lent_.write_log(log_level::info, peer_.address, "a back end's token has expired");
            engine_.detach(number, {"amqp:unauthorized-access", "Token Invalid."});
        }
    }
}

void connection::stream_ended(std::string_view reason) {
    if (!ended_) {
        end(reason);
    }
    output_.clear();
    waiting_.clear();
    engine_.stream_ended();
}

void connection::ended(std::string_view reason) {
    if (!ended_) {
        end(reason);
    }
}

void connection::end(std::string_view reason) {
    ended_ = true;
    end_reason_ = reason;
    devices_.end_all(reason);
    lent_.write_log(opened_ ? log_level::debug : log_level::warning, peer_.address,
                    (opened_ ? "connection ended: " : "not connected: ") + end_reason_);
    if (!opened_) {
        ++hub_.count().refused_connections;
    }
}

void connection::carry_out_endings() {
    for (const hub_ending& ending : std::exchange(endings_, {})) {
        carry_out(ending);
    }
}

// A connection that serves nobody else ends with the identity's session.
void connection::carry_out(const hub_ending& ending) {
    const condition why = condition_of(ending.reason);
    run([&] {
        forget_closed_links();
        devices_.end(ending.who, why, log_text(ending.reason));
        if (devices_.empty() && back_end_links_.empty() && !ended_) {
            engine_.close(why);
        }
    });
}

bool connection::authenticate(std::string_view mechanism, std::string_view response) {
    if (mechanism == "ANONYMOUS" || mechanism == "MSSBCBS") {
        return true;
    }
    if (mechanism == "EXTERNAL") {
        return !peer_.certificates.empty();
    }
    if (mechanism != "PLAIN") {
        return false;
    }
    const auto who = credentials_.put(password_in(response));
    if (!who) {
        lent_.write_log(log_level::warning, peer_.address,
                        "SASL PLAIN is refused: " + log_text(who.error()));
        return false;
    }
    if (*who) {
        devices_.proved(**who);
    }
    return true;
}

std::optional<condition> connection::opened(std::string_view host) {
    opened_ = hub_.time().now();
    host_ = host;
    lent_.write_log(log_level::debug, peer_.address, "opened (" + by_.transport + ")");
    return std::nullopt;
}

attach_answer connection::attached(link& which) {
    return attach(which, parse_address(which.request().address));
}

bool connection::proved() const {
    return once_proved_ || credentials_.any() || !devices_.empty();
}

attach_answer connection::attach(link& which, const address& where) {
    const auto& target = where.target;
    if (std::holds_alternative<cbs_address>(target)) {
        return cbs_.attach(which);
    }
    if (const auto* device = std::get_if<device_address>(&target)) {
        return devices_.attach(which, *device);
    }
    if (std::holds_alternative<management_address>(target)) {
        return management_.attach(which);
    }
    if (std::holds_alternative<unknown_address>(target)) {
        return refuse(which, {errc::generic_not_found, "There is nothing at this address."});
    }
    if (const auto allowed = allow(which, where.path); !allowed) {
        return refuse(which, allowed.error());
    }
    if (const auto* service = std::get_if<service_address>(&target)) {
        return attach_service(which, *service);
    }
    if (const auto* partition = std::get_if<partition_address>(&target)) {
        return attach_partition_reader(lent_, which, *partition);
    }
    return redirect_to_events(host_, by_.amqps_port, events_entity);
}

attach_answer connection::attach_service(link& which, const service_address& what) {
    switch (what.what) {
    case service_node::device_bound:
        return attach_device_bound(lent_, which);
    case service_node::feedback:
        return attach_feedback(lent_, which);
    case service_node::file_notifications:
        break;
    }
    return attach_file_notifications(lent_, which);
}

void connection::forget_closed_links() {
    std::erase_if(back_end_links_, [&](const auto& one) { return !engine_.has(one.first); });
}

result<> connection::allow(const link& which, const std::vector<std::string>& path) {
    if (std::has_single_bit(back_end_links_.size())) {
        forget_closed_links(); // seldom enough to cost nothing
    }
    result<> allowed = error();
    for (const auto& spelled : {path, with_small_words(path)}) {
        allowed = credentials_.back_end(core::permission::service_connect, spelled);
        if (allowed) {
            back_end_links_[which.number()] = spelled;
            break;
        }
    }
    return allowed;
}

attach_answer connection::refuse(const link& which, const error& reason) {
    lent_.write_log(log_level::warning, peer_.address,
                    "a link to '" + which.request().address.substr(0, max_logged_address) +
                        "' is refused: " + log_text(reason));
    return condition_of(reason);
}

condition connection::condition_of(const error& reason) {
    return amqp::condition_of(hub_, reason);
}

} // namespace iothub::amqp
