#pragma once
// The JSON document of an identity's row: all but the key and what identity_table keeps in columns.

#include <string>
#include <string_view>

#include "emulator/core/registry/identity.hpp"

namespace iothub::storage {

std::string identity_document(const core::identity& value);

// False where the text is not such a document; `target` is then half filled.
bool read_identity_document(std::string_view text, core::identity& target);

} // namespace iothub::storage
