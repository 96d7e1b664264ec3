#pragma once
// Values to and from Proton's cursor over encoded data, which is used nowhere else. Called by
// message_codec and engine/.

#include <proton/codec.h>

#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

// The value at the cursor: pn_data_next() was called. Null for a null pointer.
value read_value(pn_data_t* data);

// All that `data` holds is one value, or nothing (null). Rewinds it. `data` may be null.
value read_whole(pn_data_t* data);

// Appends behind the cursor.
void write_value(pn_data_t* data, const value& what);

} // namespace iothub::amqp
