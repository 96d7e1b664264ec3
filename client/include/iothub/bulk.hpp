#pragma once
// What registry_client does to many identities at once: its arguments and results. They are
// BulkRegistryOperationResult and its relatives of the .NET SDK (service API §1.5).

#include <string>
#include <vector>

#include "iothub/json_value.hpp"

namespace iothub {

// A change of one twin among others.
struct twin_update {
    std::string device_id{};
    std::string module_id{}; // empty: the device's own twin
    json_value patch{};      // {"tags":{…},"properties":{"desired":{…}}}
    std::string etag{};      // the condition, a twin's etag; empty, or any_etag: none
};

struct bulk_error {
    std::string device_id{};
    std::string module_id{};    // empty: it was about the device
    std::string error_code{};   // "DeviceNotFound"; digits where the hub told a number
    std::string error_status{}; // for a person
};

struct bulk_warning {
    std::string device_id{};
    std::string warning_code{}; // "DeviceRegisteredWithoutTwin"
    std::string warning_status{};
};

// What is not among the errors was done.
struct bulk_result {
    bool is_successful = false; // everything was done
    std::vector<bulk_error> errors{};
    std::vector<bulk_warning> warnings{};
};

// A device, or a module of it.
struct identity_name {
    std::string device_id{};
    std::string module_id{}; // empty: the device
};

enum class key_choice { primary, secondary, both };

struct regenerated_keys {
    std::string device_id{};
    std::string module_id{};
    std::string primary_key{}; // both as they are now, changed or not
    std::string secondary_key{};
};

struct key_regeneration_result {
    std::vector<regenerated_keys> keys{};
    std::vector<bulk_error> errors{}; // the identities whose keys stayed as they were
};

} // namespace iothub
