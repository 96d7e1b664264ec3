#pragma once
// What bulk operations on the registry send and get: ExportImportDevice,
// BulkRegistryOperationResult and BulkRegenerateDeviceKey (service API §1.5). Used by
// registry_client.

#include <string_view>

#include "common/json_fwd.hpp"
#include "iothub/bulk.hpp"
#include "iothub/identities.hpp"

namespace iothub::client {

// Items of a bulk operation. `mode` is an import mode: "create", "update", "delete"; one that has a
// form with a condition gets it where there is an etag.
json bulk_item(const device_identity& device, std::string_view mode);
json bulk_item(const module_identity& identity, std::string_view mode);
json bulk_item(const twin_update& update); // argument_invalid where the patch is no object

json regeneration_document(const std::vector<identity_name>& identities, key_choice choice);

// Throw protocol_error where a member is missing or wrong.
bulk_result read_bulk_result(const json& document);
key_regeneration_result read_key_regeneration(const json& document);

} // namespace iothub::client
