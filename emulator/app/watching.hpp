#pragma once
// The management API as functions, for a hub inside another process: each runs on the hub's thread,
// through server::call(), and may be called from any other. Behind iothub::emulator, whose header
// says what each does and throws.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "iothub/hub_records.hpp"

namespace iothub::app {

class server;

event_page events(server& of, const event_query& query);
std::uint64_t send_message(server& of, const identity_key& target, const cloud_message& message);
std::vector<connection_state> connections(server& of);
bool disconnect(server& of, const identity_key& key);
std::string export_registry(server& of);
void import_registry(server& of, std::string_view text);
void reset(server& of, reset_to state);

} // namespace iothub::app
