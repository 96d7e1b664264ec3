#include "emulator/app/option_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace iothub::app {

namespace {

char upper(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

// "--data-dir" → "dataDir"
std::string config_key(std::string_view option) {
    std::string key;
    bool word_begins = false;
    for (const char c : option.substr(2)) {
        if (c != '-') {
            key += word_begins ? upper(c) : c;
        }
        word_begins = c == '-';
    }
    return key;
}

} // namespace

std::string environment_name(std::string_view option) {
    std::string name = "IOTHUB_EMULATOR_";
    for (const char c : option.substr(2)) {
        name += c == '-' ? '_' : upper(c);
    }
    return name;
}

bool is_given(std::span<const char* const> arguments, std::string_view option) {
    return std::ranges::any_of(arguments, [option](std::string_view argument) {
        return argument.starts_with(option) &&
               (argument.size() == option.size() || argument[option.size()] == '=');
    });
}

std::string source_of(const named_option& option, std::span<const char* const> arguments,
                      const std::string& file) {
    if (is_given(arguments, option.name)) {
        return std::string(option.name);
    }
    if (const std::string name = environment_name(option.name); std::getenv(name.c_str())) {
        return name;
    }
    return option.by_default ? fmt::format("{} (default)", option.name)
                             : fmt::format("{}: \"{}\"", file, config_key(option.name));
}

} // namespace iothub::app
