#pragma once
// The automatic configurations of an IoT hub, as registry_client::configurations() gives them: the
// configuration calls of the .NET SDK's RegistryManager. A cheap handle; it shares the connections
// of the registry_client, may outlive it, and may be used from any thread.
//
// Every call throws as those of registry_client do. The policy needs ServiceConnect.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "iothub/configuration.hpp"
#include "iothub/etag.hpp"
#include "iothub/json_fwd.hpp"

namespace iothub {

namespace client {
class registry_connection;
}

class configuration_client {
public:
    // Returns it as the hub keeps it. argument_invalid where id, content, condition or a metric's
    // query are not allowed; conflict (ConfigurationAlreadyExists); too_large where the hub has as
    // many as it keeps (100).
    configuration add(const configuration& wanted) const;

    configuration get(std::string_view id) const; // not_found (ConfigurationNotFound)

    // Replaces everything but the content, on the condition that the hub's etag is still
    // `wanted.etag`; where that is empty, or any_etag, without condition. precondition_failed,
    // not_found, and the argument_invalid of add.
    configuration update(const configuration& wanted) const;

    // What it has set stays set. not_found, precondition_failed.
    void remove(std::string_view id, std::string_view etag = any_etag) const;

    std::vector<configuration> list() const;

    // What the hub thinks of a target condition, and of metrics' queries by name, before they are
    // used. It takes no "*" here.
    query_faults test_queries(std::string_view target_condition,
                              const std::map<std::string, std::string>& metrics = {}) const;

    // Applies an IoT Edge deployment, `{"modulesContent":{…}}`, to one device, once.
    // argument_invalid where it is no IoT Edge device, device_not_found.
    void apply_content(std::string_view device_id, const json& content) const;

private:
    friend class registry_client;
    explicit configuration_client(std::shared_ptr<client::registry_connection> connection);

    std::shared_ptr<client::registry_connection> connection_;
};

} // namespace iothub
