#pragma once
// The properties section (OASIS AMQP 1.0, part 3 §3.2.4) from and to the list that it is on the
// wire. Called by decode_message and encode_message.

#include "common/result.hpp"
#include "emulator/amqp/values/message.hpp"

namespace iothub::amqp {

// argument_invalid names the field whose type is wrong. Group fields are looked at, but not kept.
result<message_properties> read_properties(list fields);

// Without trailing nulls.
list write_properties(const message_properties& from);

} // namespace iothub::amqp
