#pragma once
// Values between Proton's own representation and ours. Used by amqp_message and amqp_connection.

#include <string>
#include <string_view>

#include "client/src/amqp/amqp_value.hpp"

struct pn_data_t;

namespace iothub::client {

// The only or next value; std::monostate where there is none.
amqp_value read_value(pn_data_t* from);

// The map that is the only value; empty where it is none. Null is no value in a map.
amqp_map read_map(pn_data_t* from);

enum class key_kind { text, symbol };

void write_value(pn_data_t* into, const amqp_value& what);
void write_map(pn_data_t* into, const amqp_map& what, key_kind keys);

} // namespace iothub::client
