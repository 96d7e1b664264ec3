#include "durability/event_reader.hpp"

namespace iothub::durability {

void event_reader::write(const hub_access& hub, const std::atomic<bool>& gone) {
    hub.events().read_all(event_position::latest(), [&](const partition_event& event) {
        handed_[{std::stoll(event.partition_id), event.sequence_number}] = {
            event.device_id, number_of_body(event.body), event.offset};
        count_acknowledged();
        return !gone;
    });
}

void event_reader::check(const hub_access&, findings& found) {
    for (const auto& [place, event] : handed_) {
        const logged_event* kept = log_->find(place);
        found.expect(kept != nullptr && *kept == event,
                     "a reader was handed message " + std::to_string(event.number) + " of " +
                         event.device_id + " as partition " + std::to_string(place.first) +
                         ", sequence number " + std::to_string(place.second) +
                         (kept == nullptr
                              ? ", which is not there"
                              : ", where there is message " + std::to_string(kept->number) +
                                    " of " + kept->device_id));
    }
    handed_.clear();
}

} // namespace iothub::durability
