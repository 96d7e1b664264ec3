#pragma once
// Everyone who waits for events: requests that are answered later, and streams. Told by the
// event_log after each commit that kept some; app drives the deadlines and closes it when the hub
// stops. Bounded: who finds no room is refused.

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "common/timestamp.hpp"
#include "emulator/core/messaging/event_log.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::management {

// One who waits.
class event_listener {
public:
    virtual ~event_listener() = default;

    // There are new events.
    virtual void look() = 0;

    // The time has come that deadline() names.
    virtual timestamp deadline() const = 0;
    virtual void deadline_passed() = 0;

    // No more events will come: the hub stops, or (`failed`) cannot read them.
    virtual void end(bool failed) = 0;

    // It got what it waited for, or nobody waits any more.
    virtual bool over() const = 0;
};

class event_audience final : public core::event_log::watcher {
public:
    static constexpr std::size_t max_listeners = 200;

    explicit event_audience(core::hub& hub)
        : hub_(hub) {}

    // Drops those that are over first.
    bool has_room();
    // Where there is no room, or the hub stops, it is ended at once.
    void add(std::shared_ptr<event_listener> one);

    void events_kept() override;

    std::optional<timestamp> next_deadline() const;
    void advance(timestamp now);

    // The hub stops.
    void close();

private:
    template <class Telling>
    void tell(Telling telling);
    void drop_those_over();

    core::hub& hub_;
    std::vector<std::shared_ptr<event_listener>> listeners_;
    bool closed_ = false;
};

} // namespace iothub::management
