#include "client/src/back_end/event_source.hpp"

#include <algorithm>
#include <utility>

#include "client/src/back_end/event_documents.hpp"
#include "client/src/error_details.hpp"
#include "common/timestamp.hpp"

namespace iothub::client {

namespace {

using clock = std::chrono::steady_clock;

// Counts up to the limit.
struct countdown {
    std::size_t left;

    // Whether to go on.
    bool hand_over(const partition_event& event, const event_handler& to) {
        --left;
        return to(event) && left > 0;
    }
};

std::string current_token(const policy_signer& signer) {
    return signer.token(std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now()));
}

// In longer times there is nothing to wait for, and clocks overflow.
constexpr std::chrono::hours longest{24 * 365};

clock::time_point end_of(const read_limits& limits) {
    return clock::now() +
           std::min<std::chrono::milliseconds>(limits.time.value_or(longest), longest);
}

} // namespace

event_source::event_source(std::string_view text, const event_consumer_options& options)
    : where_(read_event_hub_address(text, options))
    , consumer_group_(options.consumer_group)
    , time_out_(options.operation_timeout) {
    if (where_.access.tls) {
        tls_context(where_.access.server.host, where_.access.trusted); // shows a file that is bad
    }
}

authorized_connection::deadline event_source::next_deadline() const {
    return clock::now() + time_out_;
}

authorized_connection event_source::connect() const {
    return {where_.access, next_deadline()};
}

amqp_map event_source::ask(amqp_map what) const {
    authorized_connection by = connect();
    amqp_message request{.application_properties = std::move(what)};
    request.application_properties.emplace_back("operation", "READ");
    request.application_properties.emplace_back("name", where_.entity);
    request.application_properties.emplace_back("security_token",
                                                current_token(where_.access.signer));
    return by.requests().ask("$management", std::move(request), next_deadline()).value;
}

event_hub_properties event_source::describe() const {
    return read_event_hub(ask({{"type", "com.microsoft:eventhub"}}));
}

partition_properties event_source::describe_partition(std::string_view partition_id) const {
    return read_partition(
        ask({{"type", "com.microsoft:partition"}, {"partition", std::string(partition_id)}}));
}

std::vector<event_source::open_partition> event_source::open(amqp_connection& by,
                                                             const std::vector<std::string>& ids,
                                                             const event_position& from) const {
    const auto until = next_deadline();
    std::vector<open_partition> opened;
    for (const std::string& id : ids) {
        const std::string address =
            where_.entity + "/ConsumerGroups/" + consumer_group_ + "/Partitions/" + id;
        opened.push_back({id, &by.open_receiver(address, from.selector(), until)});
    }
    return opened;
}

void event_source::read(const std::vector<std::string>& partitions, const event_position& from,
                        const event_handler& handler, const read_limits& limits) const {
    if (limits.events == 0) {
        return;
    }
    authorized_connection by = connect();
    const auto opened = open(by.connection(), partitions, from);
    const auto end = end_of(limits);
    countdown rest{limits.events};
    const auto take = [&] {
        for (const open_partition& one : opened) {
            while (const auto encoded = one.link->take()) {
                if (!rest.hand_over(read_event(decode(*encoded), one.id), handler)) {
                    return true;
                }
            }
        }
        return false;
    };
    while (!by.connection().run(std::min(end, by.renewal()), take) && clock::now() < end) {
        by.renew(where_.access.signer, next_deadline());
    }
}

} // namespace iothub::client
