#pragma once
// What the page says of the program: its version, addresses and files (docs/management-api.md,
// "About"); and where the page itself is.

#include <string>

#include "common/timestamp.hpp"
#include "emulator/app/connection_strings.hpp"
#include "emulator/app/options.hpp"

namespace iothub::app {

// A JSON object.
std::string about_text(const options& o, const bound_ports& ports, timestamp started);

// "http://localhost:5380/"
std::string page_address(const options& o, const bound_ports& ports);

} // namespace iothub::app
