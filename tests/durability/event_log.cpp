#include "durability/event_log.hpp"

#include "common/json.hpp"
#include "durability/filling.hpp"

namespace iothub::durability {

namespace {

constexpr std::int64_t longest_filling = 2000;

std::string text_of(const place_in_log& place) {
    return "partition " + std::to_string(place.first) + ", sequence number " +
           std::to_string(place.second);
}

place_in_log place_of(const json& event) {
    return {event.at("partition").get<std::int64_t>(),
            event.at("sequenceNumber").get<std::int64_t>()};
}

logged_event read_event(const json& event) {
    const json& body = event.at("body");
    return {event.at("deviceId").get<std::string>(),
            body.is_string() ? number_of_body(body.get<std::string>()) : -1,
            event.at("offset").get<std::string>()};
}

} // namespace

std::string event_body(std::int64_t number) {
    return json{{"n", number}, {"filling", filling(number, longest_filling)}}.dump();
}

std::int64_t number_of_body(const std::string& body) {
    const json document = json::parse(body, nullptr, false);
    if (document.is_discarded() || !document.contains("n")) {
        return -1;
    }
    const auto number = document.at("n").get<std::int64_t>();
    return body == event_body(number) ? number : -1;
}

void event_log::read_on(const hub_access& hub, findings& found,
                        const std::function<void(const logged_event&)>& each) {
    next_ = read_pages(hub, next_, [&](const json& event) { add(event, found, each); });
}

void event_log::read_again(const hub_access& hub, findings& found) {
    std::size_t count = 0;
    read_pages(hub, "oldest", [&](const json& event) {
        ++count;
        const logged_event* before = find(place_of(event));
        found.expect(before != nullptr && *before == read_event(event),
                     "changed in the log: " + text_of(place_of(event)));
    });
    found.expect(count == events_.size(), "the log had " + std::to_string(events_.size()) +
                                              " events and has " + std::to_string(count));
}

const logged_event* event_log::find(const place_in_log& place) const {
    const auto at = events_.find(place);
    return at == events_.end() ? nullptr : &at->second;
}

std::string event_log::read_pages(const hub_access& hub, std::string after,
                                  const std::function<void(const json&)>& each) const {
    for (;;) {
        const json page = hub.get("/api/events?limit=1000&after=" + after);
        for (const json& event : page.at("events")) {
            each(event);
        }
        after = page.at("next").get<std::string>();
        if (page.at("events").empty()) {
            return after;
        }
    }
}

void event_log::add(const json& event, findings& found,
                    const std::function<void(const logged_event&)>& each) {
    const place_in_log place = place_of(event);
    const logged_event read = read_event(event);
    found.expect(read.number >= 0, "torn event: " + text_of(place));
    check_place(place, std::stoll(read.offset), found);
    events_[place] = read;
    each(read);
}

void event_log::check_place(const place_in_log& place, std::int64_t offset, findings& found) {
    partition_end& end = ends_[place.first];
    found.expect(place.second == end.sequence_number + 1,
                 text_of(place) + " follows " + std::to_string(end.sequence_number));
    found.expect(offset > end.offset, text_of(place) + " has the offset " + std::to_string(offset) +
                                          " after " + std::to_string(end.offset));
    end = {place.second, offset};
}

} // namespace iothub::durability
