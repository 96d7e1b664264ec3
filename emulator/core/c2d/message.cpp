#include "emulator/core/c2d/message.hpp"

#include <algorithm>
#include <array>

#include "common/letter_case.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t max_input_name = 128;

constexpr std::array<std::string_view, 4> ack_texts = {"none", "positive", "negative", "full"};

// Receivers would take it for a system property (device protocol §1.4.1).
bool is_the_hubs_own(const property& p) {
    return p.key.starts_with("$.") || p.key == "iothub-ack" || p.key == "iothub-operation" ||
           p.key == "iothub-MessageType";
}

} // namespace

std::string_view ack_text(feedback_wanted wanted) {
    return ack_texts.at(static_cast<std::size_t>(wanted));
}

std::optional<feedback_wanted> parse_ack(std::string_view text) {
    const auto* found = std::ranges::find_if(
        ack_texts, [text](std::string_view known) { return equal_ignoring_case(known, text); });
    return found == ack_texts.end()
               ? std::nullopt
               : std::optional(static_cast<feedback_wanted>(found - ack_texts.begin()));
}

result<> check_message(const identity_key& target, const c2d_message& message) {
    if (!message.input.empty() && !target.is_module()) {
        return error{errc::argument_invalid, "A device has no inputs."};
    }
    if (message.input.size() > max_input_name) {
        return error{errc::argument_invalid, "The name of an input is longer than 128 characters."};
    }
    const property_bag& system = message.system_properties;
    const property_bag& application = message.application_properties;
    if (std::ranges::any_of(application, is_the_hubs_own)) {
        return error{errc::argument_invalid, "A property's name begins with \"$.\", or is one that "
                                             "the hub gives a meaning (iothub-ack and its like)."};
    }
    if (message.body.size() + bytes_in(system) + bytes_in(application) > max_c2d_message_bytes) {
        return error{errc::message_too_large, "The message is larger than 64 KiB."};
    }
    if (format_property_bag(system).size() + format_property_bag(application).size() >
        max_c2d_topic_bytes) {
        return error{errc::message_too_large,
                     "The properties, percent-encoded, are longer than 60 KiB."};
    }
    return {};
}

std::string address_of(const identity_key& target) {
    const std::string device = "/devices/" + target.device_id;
    return (target.is_module() ? device + "/modules/" + target.module_id : device) +
           "/messages/deviceBound";
}

bool is_wanted(feedback_wanted wanted, c2d_outcome outcome) {
    switch (wanted) {
    case feedback_wanted::none:
        return false;
    case feedback_wanted::positive:
        return outcome == c2d_outcome::success;
    case feedback_wanted::negative:
        return outcome != c2d_outcome::success;
    case feedback_wanted::full:
        return true;
    }
    return false;
}

std::string_view outcome_text(c2d_outcome outcome) {
    switch (outcome) {
    case c2d_outcome::success:
        return "Success";
    case c2d_outcome::expired:
        return "Expired";
    case c2d_outcome::delivery_count_exceeded:
        return "DeliveryCountExceeded";
    case c2d_outcome::rejected:
        return "Rejected";
    case c2d_outcome::purged:
        return "Purged";
    }
    return "";
}

} // namespace iothub::core
