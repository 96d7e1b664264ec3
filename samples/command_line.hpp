#pragma once
// What the samples take from their user: a connection string, from the first argument or a
// variable, and options of the form `--name VALUE`. Each sample's main() begins with it.

#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>

struct command_line {
    std::string connection_string;
    std::map<std::string, std::string> options;

    // The value of an option, empty where it was not given.
    std::string operator[](const std::string& option) const {
        const auto found = options.find(option);
        return found == options.end() ? "" : found->second;
    }
};

// Nothing where an option is unknown or lacks its value, or there is no connection string; the
// caller then shows how to use it.
inline std::optional<command_line> read_command_line(int argc, char** argv, const char* variable,
                                                     const std::set<std::string>& known_options) {
    command_line read;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (known_options.contains(argument) && i + 1 < argc) {
            read.options[argument] = argv[++i];
        } else if (read.connection_string.empty() && !argument.starts_with("-")) {
            read.connection_string = argument;
        } else {
            return std::nullopt;
        }
    }
    const char* from_environment = std::getenv(variable);
    if (read.connection_string.empty() && from_environment != nullptr) {
        read.connection_string = from_environment;
    }
    return read.connection_string.empty() ? std::nullopt : std::optional(read);
}
