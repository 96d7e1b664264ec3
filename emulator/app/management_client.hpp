#pragma once
// Asks a running hub's management port, for the subcommands `connection-string` and `healthcheck`.

#include <string>

#include "emulator/app/command_line.hpp"

namespace iothub::app {

// Both print to standard output or error and give the program's exit code: 0, or 1 where no hub
// answers, or it is not healthy, or it knows no such identity.
int print_connection_string(const command& c);
int check_health(const command& c);

} // namespace iothub::app
