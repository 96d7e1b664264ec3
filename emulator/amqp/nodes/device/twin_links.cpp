#include "emulator/amqp/nodes/device/twin_links.hpp"

#include <algorithm>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/amqp/nodes/device/device_session.hpp"
#include "emulator/amqp/nodes/device/payload.hpp"
#include "emulator/amqp/nodes/device/session_link.hpp"
#include "emulator/session/twin_requests.hpp"

namespace iothub::amqp {

namespace {

constexpr std::string_view reported = "/properties/reported";
constexpr std::string_view notifications = "/notifications/twin/properties/desired";

std::string channel_of(const attach_request& asked) {
    return std::string(
        find_text(asked.properties, "com.microsoft:channel-correlation-id").value_or(""));
}

bool has(const message& request, std::string_view annotation, std::string_view what) {
    return equal_ignoring_case(find_text(request.annotations, annotation).value_or(""), what);
}

bool is_for(const message& request, std::string_view operation, std::string_view resource) {
    return has(request, "operation", operation) && has(request, "resource", resource);
}

std::optional<std::uint64_t> version_in(const message& request) {
    const value* given = find(request.annotations, "version");
    const auto number = given == nullptr ? std::nullopt : given->integer();
    return number && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number))
                                  : std::nullopt;
}

void put_version(message& into, std::uint64_t version) {
    into.annotations.emplace_back(symbol{"version"}, static_cast<std::int64_t>(version));
}

message reply_message(const message& request, session::twin_reply reply) {
    message made;
    made.annotations.emplace_back(symbol{"status"}, static_cast<std::int32_t>(reply.status));
    if (reply.version) {
        put_version(made, *reply.version);
    }
    made.properties.emplace();
    if (request.properties) {
        made.properties->correlation_id = request.properties->correlation_id;
    }
    if (!reply.body.empty()) {
        made.data.push_back(std::move(reply.body));
    }
    return made;
}

message desired_message(std::uint64_t version, std::string_view patch) {
    message made;
    made.annotations.emplace_back(symbol{"resource"}, "/properties/desired");
    put_version(made, version);
    made.data.emplace_back(patch);
    return made;
}

} // namespace

class twin_links::request_node final : public node {
public:
    request_node(twin_links& owner, std::unique_ptr<session_link> on)
        : owner_(owner)
        , on_(std::move(on))
        , channel_(channel_of(on_->on().request())) {}

    result<> received(std::string_view encoded, std::uint32_t) override {
        const auto request = decode_message(encoded);
        if (!request) {
            return request.error();
        }
        owner_.take(*request, channel_);
        return {};
    }

private:
    twin_links& owner_;
    std::unique_ptr<session_link> on_; // keeps the owner, too
    std::string channel_;
};

std::unique_ptr<node> twin_links::requests(std::unique_ptr<session_link> on) {
    return std::make_unique<request_node>(*this, std::move(on));
}

std::unique_ptr<node> twin_links::replies(std::unique_ptr<session_link> on) {
    link& which = on->on();
    const std::shared_ptr<session_link> part = std::move(on);
    auto box = std::make_unique<outbox>(which, true, [this, part](const outbox& gone) {
        std::erase_if(receivers_, [&gone](const receiver& one) { return one.box == &gone; });
    });
    receivers_.push_back({box.get()});
    return box;
}

bool twin_links::notify(std::uint64_t version, std::string_view patch) {
    bool anybody = false;
    for (const receiver& one : receivers_) {
        if (!one.subscribed) {
            continue;
        }
        anybody = true;
        if (!one.box->send(desired_message(version, patch))) {
            owner_.write_log(log_level::warning,
                             "a change of desired properties is lost: it takes none");
        }
    }
    return anybody;
}

void twin_links::take(const message& request, const std::string& channel) {
    if (owner_.ended()) {
        return;
    }
    owner_.touch();
    receiver* asking = receiver_for(channel);
    const message reply = reply_message(request, answer_to(request, asking));
    if (asking == nullptr || !asking->box->send(reply)) {
        owner_.write_log(log_level::warning, "the reply to a twin request finds no receiver");
    }
}

session::twin_reply twin_links::answer_to(const message& request, receiver* asking) {
    const session::twin_caller caller{owner_.hub(), "amqp", owner_.who().key};
    if (has(request, "operation", "GET")) {
        return session::get_twin(caller);
    }
    if (is_for(request, "PATCH", reported)) {
        const auto patch = payload_of(request);
        return patch ? session::patch_reported(caller, *patch, version_in(request))
                     : session::refuse_twin_request(caller, patch.error());
    }
    const bool subscribes = is_for(request, "PUT", notifications);
    if (!subscribes && !is_for(request, "DELETE", notifications)) {
        return session::refuse_twin_request(
            caller, {errc::argument_invalid, "There is no such operation on a twin."});
    }
    if (asking != nullptr) {
        asking->subscribed = subscribes;
    }
    return {200, std::nullopt, {}};
}

// The other half of the pair, else the newest.
twin_links::receiver* twin_links::receiver_for(const std::string& channel) {
    if (receivers_.empty()) {
        return nullptr;
    }
    const auto pair = std::ranges::find_if(receivers_, [&channel](const receiver& one) {
        return channel_of(one.box->request()) == channel;
    });
    return pair == receivers_.end() ? &receivers_.back() : &*pair;
}

} // namespace iothub::amqp
