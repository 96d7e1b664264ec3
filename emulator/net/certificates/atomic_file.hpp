#pragma once
// Small files that are there as a whole or not at all, whenever the power goes. Errors name the
// file and the system's reason.

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub::net {

// Replaces the file by way of a temporary one beside it, synced to disk. The file has exactly
// `mode`, whatever the umask says, before any of its content is written.
result<> write_file_atomically(const std::filesystem::path& path, std::string_view content,
                               mode_t mode);

// Nothing when there is no such file; more than 1 MiB is an error.
result<std::optional<std::string>> read_small_file(const std::filesystem::path& path);

} // namespace iothub::net
