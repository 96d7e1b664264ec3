#pragma once
// What the samples share: a connection string, from the first argument or a variable, options of
// the form `--name VALUE`, and how a program ends: 0 when it did its work or showed its usage, 1
// when the hub refused or could not be reached, 2 when it was called wrongly. Each sample's main()
// hands its work to run_sample().

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include <iothub/hub_error.hpp>

struct command_line {
    std::string connection_string;
    std::map<std::string, std::string> options;

    // The value of an option, empty where it was not given.
    std::string operator[](const std::string& option) const {
        const auto found = options.find(option);
        return found == options.end() ? "" : found->second;
    }
};

struct sample {
    std::string name;
    std::string usage;
    const char* variable; // of the environment, that may hold the connection string
    std::set<std::string> options;
};

// The mistake in how a sample was called. It never quotes what may hold a key.
struct wrong_usage : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

struct help_requested {};

inline command_line read_command_line(int argc, char** argv, const sample& program) {
    command_line read;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--help" || argument == "-h") {
            throw help_requested();
        }
        if (program.options.contains(argument)) {
            if (i + 1 == argc || std::string(argv[i + 1]).starts_with("--")) {
                throw wrong_usage(argument + " needs a value");
            }
            read.options[argument] = argv[++i];
        } else if (argument.starts_with("-")) {
            throw wrong_usage("unknown option \"" + argument.substr(0, argument.find('=')) + "\"");
        } else if (!read.connection_string.empty()) {
            throw wrong_usage("more than one connection string");
        } else {
            read.connection_string = argument;
        }
    }
    const char* from_environment = std::getenv(program.variable);
    if (read.connection_string.empty() && from_environment != nullptr) {
        read.connection_string = from_environment;
    }
    if (read.connection_string.empty()) {
        throw wrong_usage("no connection string");
    }
    return read;
}

// Returns what main() returns.
inline int run_sample(int argc, char** argv, const sample& program,
                      const std::function<void(const command_line&)>& work) {
    try {
        work(read_command_line(argc, argv, program));
        return 0;
    } catch (const help_requested&) {
        std::cout << program.usage;
        return 0;
    } catch (const wrong_usage& mistake) {
        std::cerr << program.name << ": " << mistake.what() << "\n" << program.usage;
        return 2;
    } catch (const iothub::hub_error& error) {
        std::cerr << program.name << ": " << error.what() << "\n";
        return 1;
    }
}
