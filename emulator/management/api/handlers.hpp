#pragma once
// The operations under /api/, one file a resource (docs/management-api.md). Listed in routes.

#include <memory>

#include "common/result.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::management {

class call;

namespace api {

using http_codec::response;

// about.cpp
result<response> about(call& c);

// activity.cpp
result<response> activity(call& c);

// certificate_authorities.cpp
result<response> list_authorities(call& c);
result<response> put_authority(call& c);
result<response> remove_authority(call& c);

// config_schema.cpp
result<response> config_schema(call& c);

// connections.cpp
result<response> connections(call& c);
result<response> disconnect(call& c);

// connection_strings.cpp
result<response> connection_strings(call& c);

// events.cpp
void events(std::shared_ptr<call> c);
void event_stream(std::shared_ptr<call> c);

// limits.cpp
result<response> show_limits(call& c);
result<response> choose_limits(call& c);

// messages.cpp
result<response> send_message(call& c);
result<response> list_messages(call& c);
result<response> purge_messages(call& c);
result<response> feedback(call& c);

// registry.cpp
result<response> export_registry(call& c);
result<response> import_registry(call& c);

// reset.cpp
result<response> reset(call& c);

// service.cpp
void service(std::shared_ptr<call> c);

} // namespace api

} // namespace iothub::management
