#include "emulator/amqp/nodes/event_hub/event_message.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "common/utf8.hpp"
#include "emulator/amqp/event_time.hpp"

namespace iothub::amqp {

namespace {

// Strings of AMQP are UTF-8, and there are readers that give up when one is not.
std::string readable(std::string text) {
    if (!is_utf8(text)) {
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) > 127; }, '?');
    }
    return text;
}

std::string text_of(const property& p) {
    return readable(p.value.value_or(""));
}

// A map whose keys are each there once: the first counts.
class keyed_values {
public:
    explicit keyed_values(std::size_t room) { pairs_.reserve(room); }

    void add(std::string_view key, value what) {
        if (known_.emplace(key).second) {
            pairs_.emplace_back(readable(std::string(key)), std::move(what));
        }
    }
    map& done() { return pairs_; }

private:
    std::set<std::string, std::less<>> known_;
    map pairs_;
};

using text_field = std::optional<std::string> message_properties::*;
using id_field = value message_properties::*;

template <class Field>
struct named_field {
    std::string_view name;
    Field field;
};

constexpr named_field<text_field> text_fields[] = {
    {"user-id", &message_properties::user_id},
    {"to", &message_properties::to},
    {"content-type", &message_properties::content_type},
    {"content-encoding", &message_properties::content_encoding},
};
constexpr named_field<id_field> id_fields[] = {
    {"message-id", &message_properties::message_id},
    {"correlation-id", &message_properties::correlation_id},
};

template <class Fields>
auto field_of(const Fields& fields, std::string_view name) {
    const auto* found = std::ranges::find_if(fields, [&](const auto& f) { return f.name == name; });
    return found == std::end(fields) ? nullptr : found;
}

// False where the property has no place there.
bool put_in_properties(message_properties& all, const property& p) {
    if (const auto* text = field_of(text_fields, p.key)) {
        all.*(text->field) = text_of(p);
        return true;
    }
    if (const auto* id = field_of(id_fields, p.key)) {
        all.*(id->field) = text_of(p);
        return true;
    }
    const auto expiry =
        p.key == "absolute-expiry-time" ? parse_iso_8601(p.value.value_or("")) : std::nullopt;
    if (expiry) {
        all.absolute_expiry_time = event_time(*expiry);
    }
    return expiry.has_value();
}

void add_own_annotations(keyed_values& all, const core::event& what) {
    all.add("x-opt-sequence-number", static_cast<std::int64_t>(what.sequence_number));
    all.add("x-opt-offset", std::to_string(what.offset));
    all.add("x-opt-enqueued-time", event_time(what.enqueued));
    all.add("iothub-enqueuedtime", event_time(what.enqueued));
    all.add("iothub-connection-device-id", what.source.device_id);
    if (what.source.is_module()) {
        all.add("iothub-connection-module-id", what.source.module_id);
    }
    all.add("iothub-connection-auth-method", what.auth_method);
    all.add("iothub-connection-auth-generation-id", what.generation_id);
}

} // namespace

message event_message(core::event what) {
    constexpr std::string_view source = "iothub-message-source";
    message made;
    message_properties properties;
    keyed_values annotations(what.system_properties.size() + 9);
    keyed_values application(what.application_properties.size() + 1);
    add_own_annotations(annotations, what);
    for (const property& p : what.system_properties) {
        if (p.key == "iothub-creation-time-utc") {
            application.add(p.key, text_of(p));
        } else if (!put_in_properties(properties, p)) {
            annotations.add(p.key, text_of(p));
        }
    }
    annotations.add(source, "Telemetry");
    for (const property& p : what.application_properties) {
        application.add(p.key, text_of(p));
    }
    made.annotations = std::move(annotations.done());
    made.application_properties = std::move(application.done());
    if (properties != message_properties()) {
        made.properties = std::move(properties);
    }
    made.data.push_back(std::move(what.body));
    return made;
}

} // namespace iothub::amqp
