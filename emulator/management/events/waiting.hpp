#pragma once
// Waits until so many events have come, or for a time: behind `GET /api/events?count=…` and the
// in-process events().

#include <cstddef>
#include <functional>

#include "emulator/management/events/audience.hpp"
#include "emulator/management/events/reader.hpp"

namespace iothub::management {

struct wait_terms {
    std::size_t count = 1;
    timestamp deadline = never;
};

class event_wait final : public event_listener {
public:
    // `done` is called once, when the wait is over; with false where events cannot be read.
    // `abandoned` says that nobody waits any more.
    event_wait(event_reader reader, const wait_terms& terms,
               std::function<void(bool readable)> done, std::function<bool()> abandoned);

    // Waits in `audience`, unless there is enough already.
    static void begin(std::shared_ptr<event_wait> one, event_audience& audience);

    void look() override;
    timestamp deadline() const override { return terms_.deadline; }
    void deadline_passed() override { end(false); }
    void end(bool failed) override;
    bool over() const override { return over_ || abandoned_(); }

private:
    event_reader reader_;
    wait_terms terms_;
    std::size_t seen_ = 0;
    bool over_ = false;
    std::function<void(bool)> done_;
    std::function<bool()> abandoned_;
};

} // namespace iothub::management
