#include "emulator/amqp/nodes/device/method_links.hpp"

#include <algorithm>
#include <limits>
#include <ranges>
#include <utility>

#include "emulator/amqp/nodes/device/credit_watch.hpp"
#include "emulator/amqp/nodes/device/device_session.hpp"
#include "emulator/amqp/nodes/device/method_id.hpp"
#include "emulator/amqp/nodes/device/payload.hpp"
#include "emulator/amqp/nodes/device/session_link.hpp"

namespace iothub::amqp {

namespace {

std::optional<int> status_in(const message& response) {
    const value* given = find(response.application_properties, "IoThub-status");
    const auto number = given == nullptr ? std::nullopt : given->integer();
    return number && std::in_range<int>(*number) ? std::optional(static_cast<int>(*number))
                                                 : std::nullopt;
}

std::optional<std::string> request_id_in(const message& response) {
    return response.properties ? method_request_id(response.properties->correlation_id)
                               : std::nullopt;
}

// The data section is there even where it is empty: C looks for it.
message call_message(const uuid& id, std::string_view method, std::string_view payload) {
    message made;
    made.properties.emplace();
    made.properties->correlation_id = value(id);
    made.application_properties.emplace_back("IoThub-methodname", std::string(method));
    made.data.emplace_back(payload);
    return made;
}

} // namespace

class method_links::request_node final : public node {
public:
    request_node(method_links& owner, std::unique_ptr<session_link> on)
        : owner_(owner)
        , on_(std::move(on))
        , credit_(on_->on()) {}
    ~request_node() override { std::erase(owner_.receivers_, this); }

    bool has_credit() { return credit_.any(); }
    void send(const uuid& id, const message& what) {
        on_->on().send({id.bytes.data(), id.bytes.size()}, encode_message(what), true);
        credit_.any();
    }

    void credit_changed() override {
        const device_session& its = on_->session();
        if (credit_.grew() && !its.ended()) {
            its.hub().methods().online(its.who().key);
        }
    }

private:
    method_links& owner_;
    std::unique_ptr<session_link> on_; // keeps the owner, too
    credit_watch credit_;
};

class method_links::response_node final : public node {
public:
    response_node(method_links& owner, std::unique_ptr<session_link> on)
        : owner_(owner)
        , on_(std::move(on)) {}

    result<> received(std::string_view encoded, std::uint32_t) override {
        const auto response = decode_message(encoded);
        return response ? owner_.take(*response) : response.error();
    }

private:
    method_links& owner_;
    std::unique_ptr<session_link> on_; // keeps the owner, too
};

std::unique_ptr<node> method_links::requests(std::unique_ptr<session_link> on) {
    auto made = std::make_unique<request_node>(*this, std::move(on));
    receivers_.push_back(made.get());
    return made;
}

std::unique_ptr<node> method_links::responses(std::unique_ptr<session_link> on) {
    return std::make_unique<response_node>(*this, std::move(on));
}

core::delivery_answer method_links::call(std::string_view request_id, std::string_view method,
                                         std::string_view payload) {
    for (request_node* one : receivers_ | std::views::reverse) {
        if (one->has_credit()) {
            const uuid id = method_uuid(request_id);
            one->send(id, call_message(id, method, payload));
            return core::delivery_answer::taken;
        }
    }
    return receivers_.empty() ? core::delivery_answer::not_subscribed
                              : core::delivery_answer::no_room;
}

result<> method_links::take(const message& response) {
    if (owner_.ended()) {
        return {};
    }
    owner_.touch();
    const auto status = status_in(response);
    if (!status) {
        return error{errc::argument_invalid, "IoThub-status must be a number."};
    }
    auto payload = payload_of(response);
    if (!payload) {
        return payload.error();
    }
    const auto id = request_id_in(response);
    if (!id ||
        !owner_.hub().methods().answer(owner_.who().key, *id, {*status, *std::move(payload)})) {
        owner_.write_log(log_level::warning, "a method response that nobody waits for");
    }
    return {};
}

} // namespace iothub::amqp
