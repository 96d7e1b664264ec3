#pragma once
// "{entity}/ConsumerGroups/{group}/Partitions/{n}": a reader of telemetry (service API §7.5, §7.6;
// rows E01, E04, E05). Used by connection.

#include "emulator/amqp/address.hpp"
#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

// The permission was checked. Refusals: amqp:not-found and com.microsoft:argument-out-of-range
// where there is no such entity or partition, amqp:invalid-field for a filter that is none,
// com.microsoft:argument-error for a position that the partition never had, amqp:link:stolen and
// amqp:resource-limit-exceeded because of other readers.
attach_answer attach_partition_reader(const context& lent, link& which,
                                      const partition_address& where);

} // namespace iothub::amqp
