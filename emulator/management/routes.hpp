#pragma once
// Which operation answers a request to the management port: a table of methods, paths and the
// parameters that each one knows.

#include <memory>

#include "emulator/management/call.hpp"

namespace iothub::management {

// Answers through the call, now or later: 403 for a foreign Host or Origin, 404 for an unknown
// path, 405 for a method it does not have (HEAD goes with GET), 400 for a parameter that is not
// known, 500 where the hub cannot do it.
void dispatch(std::shared_ptr<call> c);

} // namespace iothub::management
