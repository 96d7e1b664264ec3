#include "emulator/app/watching.hpp"

#include <algorithm>
#include <future>
#include <memory>
#include <stdexcept>
#include <utility>

#include "emulator/app/registry_document.hpp"
#include "emulator/app/server.hpp"
#include "emulator/management/events/waiting.hpp"
#include "emulator/management/surroundings.hpp"

namespace iothub::app {

namespace {

using std::chrono::system_clock;

constexpr std::size_t max_events = 1000;

[[noreturn]] void fail(const error& e) {
    if (e.code == errc::argument_invalid) {
        throw std::invalid_argument(e.message);
    }
    throw std::runtime_error(e.message);
}

template <class T>
T value_of(result<T> outcome) {
    if (!outcome) {
        fail(outcome.error());
    }
    return *std::move(outcome);
}

system_clock::time_point time_of(timestamp time) {
    return std::chrono::time_point_cast<system_clock::duration>(time);
}

std::optional<system_clock::time_point> time_if_any(timestamp time) {
    return time == never ? std::nullopt : std::optional(time_of(time));
}

text_properties texts_of(const property_bag& bag) {
    text_properties texts;
    for (const property& p : bag) {
        texts.insert_or_assign(p.key, p.value.value_or(""));
    }
    return texts;
}

received_event received(management::placed_event&& placed) {
    core::event& e = placed.event;
    return {.partition = placed.partition,
            .sequence_number = e.sequence_number,
            .enqueued_time = time_of(e.enqueued),
            .device_id = std::move(e.source.device_id),
            .module_id = std::move(e.source.module_id),
            .generation_id = std::move(e.generation_id),
            .auth_method = std::move(e.auth_method),
            .system_properties = texts_of(e.system_properties),
            .properties = texts_of(e.application_properties),
            .body = std::move(e.body)};
}

management::event_cursor begin_of(const core::event_log& log, const std::string& after) {
    using management::event_cursor;
    return after.empty() ? event_cursor::oldest(log) : value_of(event_cursor::parse(after, log));
}

management::event_reader reader_of(core::hub& hub, const event_query& query,
                                   const management::event_cursor& from) {
    return {hub.events(), {query.device_id, query.module_id}, from};
}

// Waits on the calling thread. The future is ready when enough has come, when the time is over, and
// when the hub stops.
void wait_for_events(server& of, const event_query& query, const management::event_cursor& from) {
    const auto done = std::make_shared<std::promise<void>>();
    auto over = done->get_future();
    of.call([&](core::hub& hub) {
        const management::wait_terms terms{
            query.count, hub.time().now() + std::chrono::duration_cast<ticks>(query.wait)};
        management::event_wait::begin(std::make_shared<management::event_wait>(
                                          reader_of(hub, query, from), terms,
                                          [done](bool) { done->set_value(); },
                                          [] { return false; }),
                                      of.audience());
    });
    over.wait();
}

core::feedback_wanted ack_of(const std::string& word) {
    const auto ack = core::parse_ack(word);
    if (!ack || core::ack_text(*ack) != word) {
        throw std::invalid_argument("ack must be none, positive, negative or full");
    }
    return *ack;
}

core::c2d_message message_of(const cloud_message& given) {
    core::c2d_message m;
    const auto put = [&m](const char* name, const std::string& text) {
        if (!text.empty()) {
            m.system_properties.push_back({name, text});
        }
    };
    put("message-id", given.message_id);
    put("correlation-id", given.correlation_id);
    put("user-id", given.user_id);
    put("content-type", given.content_type);
    put("content-encoding", given.content_encoding);
    for (const auto& [name, text] : given.properties) {
        m.application_properties.push_back({name, text});
    }
    m.ack = ack_of(given.ack);
    m.input = given.input;
    m.body = given.body;
    if (given.expiry) {
        m.expiry = std::chrono::time_point_cast<ticks>(*given.expiry);
    }
    return m;
}

connection_state state_of(const core::connection_record& r) {
    return {.device_id = r.key.device_id,
            .module_id = r.key.module_id,
            .connected = r.connected,
            .transport = r.origin.transport,
            .address = r.origin.address,
            .connected_time = time_if_any(r.connected_since),
            .disconnected_time = time_if_any(r.disconnected_at),
            .disconnect_reason = r.disconnect_reason,
            .refused_time = time_if_any(r.refused_at),
            .refusal_reason = r.refusal_reason};
}

} // namespace

event_page events(server& of, const event_query& query) {
    const std::size_t limit = std::max(query.limit, query.count);
    if (limit == 0 || limit > max_events) {
        throw std::invalid_argument("limit and count of an event_query are at most 1,000");
    }
    std::optional<management::event_cursor> from;
    of.call([&](core::hub& hub) { from = begin_of(hub.events(), query.after); });
    if (query.count > 0) {
        wait_for_events(of, query, *from);
    }
    event_page page;
    of.call([&](core::hub& hub) {
        auto reader = reader_of(hub, query, *from);
        while (page.events.size() < limit) {
            auto e = reader.next();
            if (!e) {
                break;
            }
            page.events.push_back(received(*std::move(e)));
        }
        page.next = reader.place().text();
    });
    return page;
}

std::uint64_t send_message(server& of, const identity_key& target, const cloud_message& message) {
    std::uint64_t number = 0;
    of.call([&](core::hub& hub) {
        number = value_of(hub.send(target, message_of(message))).sequence_number;
    });
    return number;
}

std::vector<connection_state> connections(server& of) {
    std::vector<connection_state> states;
    of.call([&](core::hub& hub) {
        for (const core::connection_record& r : hub.sessions().journal().records()) {
            states.push_back(state_of(r));
        }
    });
    return states;
}

bool disconnect(server& of, const identity_key& key) {
    std::size_t ended = 0;
    of.call([&](core::hub& hub) {
        ended = hub.sessions().disconnect(key, management::forced_disconnect());
    });
    return ended > 0;
}

std::string export_registry(server& of) {
    std::string text;
    of.call([&](core::hub& hub) { text = value_of(export_registry(hub, "")); });
    return text;
}

void import_registry(server& of, std::string_view text) {
    of.call([&](core::hub& hub) {
        if (const auto done = import_registry(hub, text); !done) {
            fail(done.error());
        }
    });
}

void reset(server& of, reset_to state) {
    of.call([&](core::hub& hub) { reset(hub, of.settings().seed, state == reset_to::seed); });
}

} // namespace iothub::app
