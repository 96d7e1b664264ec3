#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

result<response> of_one(call& c) {
    const auto key = c.identity();
    if (!key) {
        return key.error();
    }
    const auto id = c.hub().identities().get(*key);
    return json_page(200, {{"connectionString", c.around().identity_string(*id)}});
}

} // namespace

result<response> connection_strings(call& c) {
    if (c.find("device") != nullptr || c.find("module") != nullptr) {
        return of_one(c);
    }
    const management::connection_strings strings = c.around().strings();
    json service = json::object();
    for (const auto& [policy, text] : strings.service) {
        service[policy] = text;
    }
    return json_page(
        200,
        {{"service", service}, {"eventHubs", strings.event_hubs}, {"caFile", strings.ca_file}});
}

} // namespace iothub::management::api
