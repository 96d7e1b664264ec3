#pragma once
// What options may not be once option, environment and file are merged (docs/configuration.md).
// Asked by command_line, which names where the values came from, and by server before it makes
// anything.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/app/options.hpp"

namespace iothub::app {

struct named_option {
    std::string_view name; // "--host"
    bool by_default = false;
};

struct option_mistake {
    std::vector<named_option> options; // one, or two that do not go together
    std::string rule;                  // "must be …, not …"; one line
};

// The first mistake of an address, a name or a folder, or of two listeners that want one port.
std::optional<option_mistake> find_mistake(const options& o);

// Of the address only: what matters to who asks a running hub.
std::optional<option_mistake> find_host_mistake(const options& o);

// "--mqtts-port and --amqps-port must be …", each option called as `name_of` says.
std::string told(const option_mistake& mistake,
                 const std::function<std::string(const named_option&)>& name_of);

} // namespace iothub::app
