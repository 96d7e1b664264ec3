#pragma once
// `--config FILE`: a JSON object, comments allowed, with every option of `run` under its name in
// camelCase, the shared access policies, and the identities and certificate authorities to seed
// (docs/configuration.md). Read by command_line before options and environment, which win.

#include <filesystem>
#include <string_view>

#include "common/result.hpp"
#include "emulator/app/options.hpp"

namespace iothub::app {

// Writes what the file says into `o`. argument_invalid with file, key and rule: unknown keys (with
// the known one that was likely meant), wrong types, ports out of range, what the hub would refuse
// of policies and devices, text that is not JSON (with line and column), over 1 MiB.
result<> apply_config_file(const std::filesystem::path& file, options& o);

// The same of a text, which errors call `name`.
result<> apply_config_text(std::string_view text, const std::filesystem::path& name, options& o);

// "info" → log_level::info; nothing for any other word.
std::optional<log_level> parse_log_level(std::string_view word);

} // namespace iothub::app
