#pragma once
// Where the value of an option was given, as messages name the place. Used by command_line.

#include <span>
#include <string>
#include <string_view>

#include "emulator/app/option_mistake.hpp"

namespace iothub::app {

// "--data-dir" → "IOTHUB_EMULATOR_DATA_DIR"
std::string environment_name(std::string_view option);

// Whether `option` stands among the arguments, with its value behind it or behind "=".
bool is_given(std::span<const char* const> arguments, std::string_view option);

// "--host", "IOTHUB_EMULATOR_HOST", `FILE: "host"` or "--host (default)": the place that wins.
// `file` is the configuration file, or empty.
std::string source_of(const named_option& option, std::span<const char* const> arguments,
                      const std::string& file);

} // namespace iothub::app
