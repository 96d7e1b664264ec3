#pragma once
// The program's command line (docs/configuration.md). A value comes from the option, else from the
// environment (IOTHUB_EMULATOR_…), else from --config, else it is the default. Called by main only.

#include <optional>
#include <string>

#include "emulator/app/options.hpp"

namespace iothub::app {

enum class subcommand { run, connection_string, healthcheck };

struct command {
    subcommand what = subcommand::run;
    app::options options;
    std::string policy = "iothubowner"; // connection-string
    std::string device_id;              // connection-string; empty: the policy's
    std::string module_id;
    bool event_hubs = false;
};

// Either a command, or everything was said already (help, version, a mistake) and the program ends
// with `exit_code`: 0, or 2 for wrong usage or configuration.
struct parsed_command_line {
    std::optional<app::command> command;
    int exit_code = 0;
};

parsed_command_line parse_command_line(int argc, const char* const* argv);

} // namespace iothub::app
