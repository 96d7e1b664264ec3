#pragma once
// One line of a bulk operation on the registry, or of an import or export file: ExportImportDevice
// (service API §1.5; rows R09, J04, J05). Read and written here, applied by registry_import.

#include <optional>
#include <string>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/identity_request.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

struct identity;
struct twin;

enum class import_mode {
    create_or_update, // where none is given
    create,
    update,
    update_if_match_etag,
    create_or_update_if_match_etag,
    remove, // "delete"
    remove_if_match_etag,
    update_twin,
    update_twin_if_match_etag,
};

struct import_item {
    identity_request identity;
    import_mode mode = import_mode::create_or_update;
    std::string etag;      // as it was sent, perhaps in quotes; empty or *: no condition
    std::string twin_etag; // likewise
    twin_change twin;
};

// The names of modes match in any case, and `eTag` may be `etag` (Node). Of the twin, tags and
// desired properties are read. argument_invalid names the member that is wrong; whether ids and
// keys can be is for registry_import to say.
result<import_item> read_import_item(const json& document);

enum class exported_keys { included, left_out };

// The line of an export file, importMode and all: what import makes the same identity of. Left out
// keys are null.
json export_line(const identity& id, const twin& t, exported_keys keys);

} // namespace iothub::core
