#pragma once
// What the addresses of links mean (device protocol §2.4; service API §7.1, §7.5): the path counts,
// with or without scheme and host, in any case of letters. Ids are percent-encoded (.NET, Node's
// back end) or not (the others): one that may have a "%" of its own is given both ways.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/identity_key.hpp"

namespace iothub::amqp {

struct cbs_address {};

enum class device_node { telemetry, device_bound, twin, methods };

// "/devices/d[/modules/m]/…": messages/events (a module's own inputs where it receives),
// messages/devicebound, twin, methods/devicebound.
struct device_address {
    identity_key key;
    device_node what = device_node::telemetry;
    std::optional<identity_key> literally = {}; // where nothing was encoded, if that differs
};

enum class service_node { device_bound, feedback, file_notifications };

// "/messages/devicebound", "/messages/servicebound/feedback",
// "/messages/servicebound/filenotifications".
struct service_address {
    service_node what = service_node::device_bound;
};

// "{entity}/ConsumerGroups/{group}/Partitions/{n}".
struct partition_address {
    std::string entity;
    std::string consumer_group;
    std::string partition;
};

// "$management" or "{entity}/$management"; the entity may be empty.
struct management_address {
    std::string entity;
};

// "/messages/events[/$management]", and with a scheme any other "/messages/events/…": readers of
// telemetry who have to be told where the Event Hubs-compatible endpoint is.
struct redirected_address {};

struct unknown_address {};

using address_target = std::variant<unknown_address, cbs_address, device_address, service_address,
                                    partition_address, management_address, redirected_address>;

struct address {
    std::vector<std::string> path; // decoded segments, as tokens are checked against
    address_target target;
};

address parse_address(std::string_view text);

} // namespace iothub::amqp
