#include "emulator/management/events/waiting.hpp"

#include <utility>

namespace iothub::management {

event_wait::event_wait(event_reader reader, const wait_terms& terms,
                       std::function<void(bool readable)> done, std::function<bool()> abandoned)
    : reader_(std::move(reader))
    , terms_(terms)
    , done_(std::move(done))
    , abandoned_(std::move(abandoned)) {}

void event_wait::begin(std::shared_ptr<event_wait> one, event_audience& audience) {
    one->look();
    if (!one->over()) {
        audience.add(std::move(one));
    }
}

void event_wait::look() {
    reader_.look_again();
    while (seen_ < terms_.count && reader_.next()) {
        ++seen_;
    }
    if (seen_ >= terms_.count) {
        end(false);
    }
}

void event_wait::end(bool failed) {
    if (!std::exchange(over_, true)) {
        done_(!failed);
    }
}

} // namespace iothub::management
