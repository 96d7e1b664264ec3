#include "emulator/amqp/nodes/event_hub/event_message.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "common/ascii.hpp"
#include "common/utf8.hpp"
#include "emulator/amqp/event_time.hpp"
#include "emulator/amqp/property_fields.hpp"
#include "emulator/amqp/values/section_writer.hpp"

namespace iothub::amqp {

namespace {

constexpr std::size_t room_beside_the_body = 512;
constexpr std::string_view creation_time = "iothub-creation-time-utc";

// Strings of AMQP are UTF-8, and there are readers that give up when one is not.
std::string readable(std::string_view text) {
    return is_utf8(text) ? std::string(text) : to_ascii(text);
}

std::string text_of(const property& p) {
    return readable(p.value ? std::string_view(*p.value) : std::string_view());
}

// Keys that were there already. They are few, as a rule.
class known_keys {
public:
    // The key as it is to be written; nothing where that is there. A text that is `fit` is
    // borrowed.
    std::optional<std::string_view> add(std::string_view key, bool fit) {
        const std::string_view written = fit ? key : changed_.emplace_back(to_ascii(key));
        return keep(written) ? std::optional(written) : std::nullopt;
    }

private:
    // False where it is there.
    bool keep(std::string_view key) {
        if (std::ranges::find(few_, key) != few_.end()) {
            return false;
        }
        if (few_.size() == most_of_few) {
            return more_.insert(key).second;
        }
        few_.push_back(key);
        return true;
    }

    static constexpr std::size_t most_of_few = 16;

    std::vector<std::string_view> few_;
    std::unordered_set<std::string_view> more_;
    std::deque<std::string> changed_;
};

// A map whose keys are each there once: the first counts.
class annotations {
public:
    explicit annotations(std::string& out)
        : section_(out, section::message_annotations) {}

    template <class Value>
    void add(std::string_view key, void (*append)(std::string&, Value), Value what) {
        if (const auto written = known_.add(key, is_ascii(key))) {
            std::string& out = section_.pair();
            append_symbol(out, *written);
            append(out, what);
        }
    }
    void add(std::string_view key, std::string_view text) { add(key, append_string, text); }
    void end() { section_.end(); }

private:
    map_section section_;
    known_keys known_;
};

void add_own(annotations& all, const core::event& what) {
    all.add("x-opt-sequence-number", append_long, static_cast<std::int64_t>(what.sequence_number));
    all.add("x-opt-offset", std::to_string(what.offset));
    all.add("x-opt-enqueued-time", append_timestamp, event_time(what.enqueued));
    all.add("iothub-enqueuedtime", append_timestamp, event_time(what.enqueued));
    all.add("iothub-connection-device-id", what.source.device_id);
    if (what.source.is_module()) {
        all.add("iothub-connection-module-id", what.source.module_id);
    }
    if (!what.auth_method.empty()) { // it was sent by that identity
        all.add("iothub-connection-auth-method", what.auth_method);
        all.add("iothub-connection-auth-generation-id", what.generation_id);
    }
}

void append_annotations(std::string& out, const core::event& what, message_properties& fields) {
    annotations all(out);
    add_own(all, what);
    for (const property& p : what.system_properties) {
        if (p.key != creation_time && !put_field(fields, p.key, text_of(p))) {
            all.add(p.key, text_of(p));
        }
    }
    all.add("iothub-message-source", "Telemetry");
    all.end();
}

void append_application_properties(std::string& out, const core::event& what) {
    map_section all(out, section::application_properties);
    known_keys known;
    const auto add = [&](const property& p) {
        if (const auto written = known.add(p.key, is_utf8(p.key))) {
            append_string(all.pair(), *written);
            append_string(out, text_of(p));
        }
    };
    for (const property& p : what.system_properties) {
        if (p.key == creation_time) {
            add(p);
        }
    }
    std::ranges::for_each(what.application_properties, add);
    all.end();
}

} // namespace

std::string encode_event(const core::event& what) {
    std::string out;
    out.reserve(what.body.size() + room_beside_the_body);
    message_properties fields;
    append_annotations(out, what, fields);
    if (fields != message_properties()) {
        message made;
        made.properties = std::move(fields);
        out += encode_message(made);
    }
    append_application_properties(out, what);
    append_data(out, what.body);
    return out;
}

} // namespace iothub::amqp
