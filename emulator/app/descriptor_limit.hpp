#pragma once
// How many descriptors the process may have open. For programs only: a library leaves its process
// alone.

#include <cstdint>

namespace iothub::app {

// Raises the soft limit to the hard one (1024 is common, and a connection takes one descriptor);
// what holds afterwards.
std::uint64_t raise_descriptor_limit();

} // namespace iothub::app
