#pragma once
// What stands behind an event_consumer: connects to the endpoint anew for each call. Used from any
// thread.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "client/src/back_end/event_hub_address.hpp"
#include "iothub/event_consumer.hpp"

namespace iothub::client {

class event_source {
public:
    event_source(std::string_view text, const event_consumer_options& options);

    event_hub_properties describe() const;
    partition_properties describe_partition(std::string_view partition_id) const;

    void read(const std::vector<std::string>& partitions, const event_position& from,
              const event_handler& handler, const read_limits& limits) const;

private:
    struct open_partition {
        std::string id;
        amqp_link* link;
    };

    authorized_connection connect() const;
    authorized_connection::deadline next_deadline() const;
    amqp_map ask(amqp_map what) const;
    std::vector<open_partition> open(amqp_connection& by, const std::vector<std::string>& ids,
                                     const event_position& from) const;

    event_hub_address where_;
    std::string consumer_group_;
    std::chrono::milliseconds time_out_;
};

} // namespace iothub::client
