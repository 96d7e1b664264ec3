#include "emulator/management/events/audience.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "emulator/core/hub.hpp"

namespace iothub::management {

// A fault of one (core::store_fault) is not the others'.
template <class Telling>
void event_audience::tell(Telling telling) {
    const auto told = listeners_;
    for (const auto& one : told) {
        try {
            if (!one->over()) {
                telling(*one);
            }
        } catch (const std::exception& failure) {
            hub_.journal().write(log_level::error, "management", failure.what());
            one->end(true);
        }
    }
    drop_those_over();
}

void event_audience::drop_those_over() {
    std::erase_if(listeners_, [](const auto& one) { return one->over(); });
}

bool event_audience::has_room() {
    drop_those_over();
    return !closed_ && listeners_.size() < max_listeners;
}

void event_audience::add(std::shared_ptr<event_listener> one) {
    if (has_room()) {
        listeners_.push_back(std::move(one));
    } else {
        one->end(false);
    }
}

void event_audience::events_kept() {
    tell([](event_listener& one) { one.look(); });
}

std::optional<timestamp> event_audience::next_deadline() const {
    const auto next =
        std::ranges::min_element(listeners_, {}, [](const auto& one) { return one->deadline(); });
    return next == listeners_.end() ? std::nullopt : std::optional((*next)->deadline());
}

void event_audience::advance(timestamp now) {
    tell([now](event_listener& one) {
        if (one.deadline() <= now) {
            one.deadline_passed();
        }
    });
}

void event_audience::close() {
    closed_ = true;
    tell([](event_listener& one) { one.end(false); });
}

} // namespace iothub::management
