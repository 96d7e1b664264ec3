#include "iothub/event_consumer.hpp"

#include <utility>

#include "client/src/back_end/event_source.hpp"

namespace iothub {

event_consumer
event_consumer::create_from_connection_string(std::string_view text,
                                              const event_consumer_options& options) {
    return event_consumer(std::make_shared<const client::event_source>(text, options));
}

event_consumer::event_consumer(std::shared_ptr<const client::event_source> source)
    : source_(std::move(source)) {}

event_hub_properties event_consumer::get_properties() const {
    return source_->describe();
}

std::vector<std::string> event_consumer::partition_ids() const {
    return get_properties().partition_ids;
}

partition_properties event_consumer::get_partition_properties(std::string_view partition_id) const {
    return source_->describe_partition(partition_id);
}

void event_consumer::read(std::string_view partition_id, const event_position& from,
                          const event_handler& handler, const read_limits& limits) const {
    source_->read({std::string(partition_id)}, from, handler, limits);
}

void event_consumer::read_all(const event_position& from, const event_handler& handler,
                              const read_limits& limits) const {
    source_->read(partition_ids(), from, handler, limits);
}

std::vector<partition_event> event_consumer::read_batch(std::string_view partition_id,
                                                        const event_position& from,
                                                        const read_limits& limits) const {
    std::vector<partition_event> read;
    const auto keep = [&read](const partition_event& one) {
        read.push_back(one);
        return true;
    };
    source_->read({std::string(partition_id)}, from, keep, limits);
    return read;
}

} // namespace iothub
