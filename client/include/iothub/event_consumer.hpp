#pragma once
// Reads telemetry from the Event Hubs-compatible endpoint of a hub, over AMQP: the
// EventHubConsumerClient of the .NET SDK. Reading removes nothing; any number of consumers read the
// same events, up to five in a consumer group at a time.
//
// Every call has a connection of its own, may come from any thread and throws a hub_error where it
// fails: network_error where the connection is lost; go on then with event_position::after().

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iothub/events.hpp"
#include "iothub/hub_error.hpp"

namespace iothub {

namespace client {
class event_source;
}

struct event_consumer_options {
    // Authorities to trust besides the system's store, as in client_options.
    std::string ca_file{};
    std::string ca_pem{};

    // Nothing: the port in Endpoint, else 5671, or 5672 for UseDevelopmentEmulator=true.
    std::optional<std::uint16_t> port{};

    std::string consumer_group = "$Default";

    // For connecting, and for what is no reading.
    std::chrono::milliseconds operation_timeout{60'000};
    std::chrono::seconds sas_token_lifetime{3600};
};

// When a reading ends, whichever comes first.
struct read_limits {
    std::optional<std::chrono::milliseconds> time{}; // since it is connected
    std::size_t events = SIZE_MAX;
};

class event_consumer {
public:
    // `Endpoint=sb://h;SharedAccessKeyName=…;SharedAccessKey=…[;EntityPath=…]`, without TLS where
    // `UseDevelopmentEmulator=true` stands in it; or that of a local hub's policy, `HostName=h;…`,
    // whose port is not used. The policy needs ServiceConnect. Connects to nothing yet.
    // argument_invalid where something is missing, or a file of the options cannot be read.
    static event_consumer create_from_connection_string(std::string_view text,
                                                        const event_consumer_options& options = {});

    event_hub_properties get_properties() const;
    std::vector<std::string> partition_ids() const; // "0", "1", …
    partition_properties get_partition_properties(std::string_view partition_id) const;

    // Hands the events of a partition to `handler`, in order, as they come, until a limit is
    // reached or it returns false. What it throws ends the reading too.
    void read(std::string_view partition_id, const event_position& from,
              const event_handler& handler, const read_limits& limits = {}) const;

    // Those of all partitions, each in order.
    void read_all(const event_position& from, const event_handler& handler,
                  const read_limits& limits = {}) const;

    // What came of a partition within the limits.
    std::vector<partition_event> read_batch(std::string_view partition_id,
                                            const event_position& from,
                                            const read_limits& limits) const;

private:
    explicit event_consumer(std::shared_ptr<const client::event_source> source);

    std::shared_ptr<const client::event_source> source_;
};

} // namespace iothub
