#pragma once
// docs/iothub-emulator.schema.json, as the build put it into the program.

#include <string_view>

namespace iothub::management {

std::string_view config_schema_text();

} // namespace iothub::management
