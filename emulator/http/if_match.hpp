#pragma once
// The If-Match header in every form the SDKs send (service API §1.2).

#include <string>

#include "emulator/core/registry/precondition.hpp"

namespace iothub::http {

// `header` may be null: there was none.
core::precondition parse_if_match(const std::string* header);

} // namespace iothub::http
