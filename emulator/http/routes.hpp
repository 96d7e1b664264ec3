#pragma once
// The table of everything the REST interface can do (service API §1.3). Read by dispatch.

#include <span>

#include "emulator/http/router.hpp"

namespace iothub::http {

std::span<const route> routes();

} // namespace iothub::http
