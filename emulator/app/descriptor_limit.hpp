#pragma once
// The descriptors that the process has and may have. For programs only: a library leaves its
// process alone.

#include <cstdint>

namespace iothub::app {

// Raises the soft limit to the hard one (1024 is common, and a connection takes one descriptor);
// what holds afterwards.
std::uint64_t raise_descriptor_limit();

// Standard input, output and error are open afterwards, if need be to nowhere: what is printed
// must not get into a file or connection that would have their numbers.
void open_standard_descriptors();

} // namespace iothub::app
