#pragma once
// File systems that are not this machine's own: a lock may not hold there, nor what was written
// stay. open_sqlite_store warns of them.

#include <cstdint>
#include <optional>
#include <string_view>

namespace iothub::storage {

// The name of a network file system by its number (statfs(2), f_type); nothing for any other.
std::optional<std::string_view> network_file_system(std::int64_t type);

} // namespace iothub::storage
