#pragma once
// "blobStorage" of the configuration file (docs/configuration.md): where devices upload files to.
// {"endpoint":"https://127.0.0.1:10000/devstoreaccount1","container":"uploads","accountKey":"…",
//  "notifications":true}; without the last, back ends are not told of uploads.

#include "common/json_fwd.hpp"
#include "emulator/app/config_members.hpp"
#include "emulator/core/uploads/upload_service.hpp"

namespace iothub::app {

// An endpoint without a path is Azure's own: the account is then the host's first label. A host
// that is an address, has a port or no dot needs the account in the path.
fault read_blob_storage(const json& value, core::blob_storage& target);

} // namespace iothub::app
