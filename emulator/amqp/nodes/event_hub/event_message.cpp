#include "emulator/amqp/nodes/event_hub/event_message.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "common/utf8.hpp"
#include "emulator/amqp/event_time.hpp"
#include "emulator/amqp/property_fields.hpp"

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

void add_own_annotations(keyed_values& all, const core::event& what) {
    all.add("x-opt-sequence-number", static_cast<std::int64_t>(what.sequence_number));
    all.add("x-opt-offset", std::to_string(what.offset));
    all.add("x-opt-enqueued-time", event_time(what.enqueued));
    all.add("iothub-enqueuedtime", event_time(what.enqueued));
    all.add("iothub-connection-device-id", what.source.device_id);
    if (what.source.is_module()) {
        all.add("iothub-connection-module-id", what.source.module_id);
    }
    if (!what.auth_method.empty()) { // it was sent by that identity
        all.add("iothub-connection-auth-method", what.auth_method);
        all.add("iothub-connection-auth-generation-id", what.generation_id);
    }
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
        } else if (!put_field(properties, p.key, text_of(p))) {
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
