#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/events/document.hpp"
#include "emulator/management/events/subscription.hpp"
#include "emulator/management/events/waiting.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

constexpr std::size_t max_events = 1000;
constexpr std::size_t usual_events = 100;
constexpr double usual_wait = 30;
constexpr double max_wait = 300;

struct query {
    event_filter filter;
    event_cursor from;
    std::size_t limit = usual_events;
    std::size_t count = 0; // 0: whatever there is, now
    double wait = 0;       // seconds
};

event_filter filter_of(const call& c) {
    event_filter filter;
    if (const std::string* device = c.find("device")) {
        filter.device_id = *device;
    }
    if (const std::string* module = c.find("module")) {
        filter.module_id = *module;
    }
    return filter;
}

result<std::optional<double>> read_wait(const call& c) {
    const std::string* text = c.find("wait");
    if (text == nullptr) {
        return std::optional<double>();
    }
    double seconds = 0;
    const char* end = text->data() + text->size();
    const auto [stop, failure] =
        std::from_chars(text->data(), end, seconds, std::chars_format::fixed);
    if (failure != std::errc() || stop != end || !(seconds >= 0 && seconds <= max_wait)) {
        return error{errc::argument_invalid, "wait: must be a number of seconds from 0 to 300."};
    }
    return std::optional(seconds);
}

result<> read_amounts(const call& c, query& q) {
    const auto limit = c.number("limit", {1, max_events});
    const auto count = c.number("count", {1, max_events});
    const auto wait = read_wait(c);
    if (!limit || !count || !wait) {
        return !limit ? limit.error() : !count ? count.error() : wait.error();
    }
    q.count = count->value_or(*wait ? 1 : 0);
    q.wait = wait->value_or(usual_wait);
    q.limit = limit->value_or(std::max(usual_events, q.count));
    if (q.limit < q.count) {
        return error{errc::argument_invalid, "count: must not be greater than `limit`."};
    }
    return {};
}

result<query> read_query(const call& c) {
    const core::event_log& log = c.hub().events();
    const std::string* after = c.find("after");
    auto from = after == nullptr ? event_cursor::oldest(log) : event_cursor::parse(*after, log);
    if (!from) {
        return from.error();
    }
    query q{filter_of(c), *std::move(from)};
    if (const auto read = read_amounts(c, q); !read) {
        return read.error();
    }
    return q;
}

response answer(call& c, const query& q) {
    event_reader reader(c.hub().events(), q.filter, q.from);
    return json_text_page(200, events_page(reader, q.limit));
}

void answer_later(const std::shared_ptr<call>& c, const query& q) {
    event_audience& audience = *c->around().audience;
    if (!audience.has_room()) {
        c->reply(error{errc::throttling, "Too many requests wait for events."});
        return;
    }
    const auto done = [c, q](bool readable) {
        c->reply(readable
                     ? result<response>(answer(*c, q))
                     : error{errc::server_error, "The events cannot be read. The log says why."});
    };
    const timestamp deadline = c->hub().time().now() + std::chrono::duration_cast<ticks>(
                                                           std::chrono::duration<double>(q.wait));
    event_wait::begin(std::make_shared<event_wait>(
                          event_reader(c->hub().events(), q.filter, q.from),
                          wait_terms{q.count, deadline}, done, [c] { return c->abandoned(); }),
                      audience);
}

// `after`, or how far a browser got before its connection broke, or `last` events before the
// present. A browser gives up where it is refused, so that an id of another hub's life is none.
result<event_cursor> begin_of_stream(const call& c) {
    const core::event_log& log = c.hub().events();
    if (const std::string* last = c.asked().headers.find("Last-Event-ID")) {
        auto there = event_cursor::parse(*last, log);
        return there ? *std::move(there) : event_cursor::newest(log);
    }
    const auto last = c.number("last", {1, max_events});
    if (!last) {
        return last.error();
    }
    const std::string* after = c.find("after");
    if (after != nullptr && *last) {
        return error{errc::argument_invalid, "`after` and `last` exclude each other."};
    }
    return after == nullptr ? event_cursor::before_newest(log, last->value_or(0))
                            : event_cursor::parse(*after, log);
}

} // namespace

void events(std::shared_ptr<call> c) {
    const auto q = read_query(*c);
    if (!q) {
        c->reply(q.error());
    } else if (q->count == 0) {
        c->reply(answer(*c, *q));
    } else {
        answer_later(c, *q);
    }
}

void event_stream(std::shared_ptr<call> c) {
    const auto from = begin_of_stream(*c);
    if (!from || !c->around().audience->has_room()) {
        c->reply(from ? error{errc::throttling, "Too many requests wait for events."}
                      : from.error());
        return;
    }
    const auto one = std::make_shared<event_subscription>(
        c->hub(), event_reader(c->hub().events(), filter_of(*c), *from));
    c->stream(
        page(200, "text/event-stream", ""), [one] { return one->next(); },
        [one, audience = c->around().audience](const auto& client) {
            one->attach(client);
            audience->add(one);
        });
}

} // namespace iothub::management::api
