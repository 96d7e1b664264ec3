#include "emulator/amqp/nodes/service/device_bound.hpp"

#include <algorithm>
#include <utility>

#include "emulator/amqp/nodes/service/c2d_request.hpp"
#include "emulator/amqp/nodes/service/c2d_target.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/core/store.hpp"

namespace iothub::amqp {

namespace {

error not_allowed(std::string why) {
    return {errc::invalid_operation, std::move(why)};
}

class device_bound final : public node {
public:
    explicit device_bound(const context& lent)
        : lent_(lent) {}

    result<> received(std::string_view encoded, std::uint32_t format) override {
        const auto sent = send(encoded, format);
        if (!sent) {
            lent_.write_log(log_level::info, lent_.peer.address,
                            "a message to a device is refused: " + log_text(sent.error()));
        }
        return sent;
    }

private:
    result<> send(std::string_view encoded, std::uint32_t format) {
        if (format == batch_format) {
            return not_allowed("Messages to devices do not come in batches.");
        }
        const auto sent = decode_message(encoded);
        if (!sent) {
            return sent.error();
        }
        const auto to = sent->properties ? sent->properties->to.value_or("") : std::string();
        const auto targets = c2d_targets(to);
        if (targets.empty()) {
            return not_allowed(
                "The message's \"to\" must be /devices/{device}/messages/deviceBound or "
                "/devices/{device}/modules/{module}/messages/deviceBound.");
        }
        auto read = read_c2d_request(*sent);
        return read ? enqueue(targets, *std::move(read)) : read.error();
    }

    result<> enqueue(const std::vector<identity_key>& targets, core::c2d_message message) try {
        const auto is_known = [this](const identity_key& one) {
            return lent_.hub.identities().get(one).has_value();
        };
        const auto known =
            targets.size() == 1 ? targets.end() : std::ranges::find_if(targets, is_known);
        const auto& target = known == targets.end() ? targets.front() : *known;
        const auto kept = lent_.hub.send(target, std::move(message));
        return kept ? result<>() : kept.error();
    } catch (const core::store_fault& fault) {
        ++lent_.hub.count().errors;
        return error{errc::server_error, "Internal server error", fault.what()};
    }

    const context& lent_;
};

} // namespace

attach_answer attach_device_bound(const context& lent, link& which) {
    if (!which.request().peer_sends) {
        return condition{"amqp:not-allowed", "Back ends send here; they receive nothing."};
    }
    return accepted_attach{.node = std::make_unique<device_bound>(lent)};
}

} // namespace iothub::amqp
