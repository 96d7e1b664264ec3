#pragma once
// Environment variables that a test makes up.

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "client/src/environment.hpp"

namespace iothub::test {

inline client::environment environment_of(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace iothub::test
