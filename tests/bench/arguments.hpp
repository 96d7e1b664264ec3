#pragma once
// What a scenario is told on the command line: name=value, and after "--" a command to run.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace iothub::bench {

class arguments {
public:
    // std::runtime_error where one has no "=".
    arguments(int count, const char* const* values);

    // std::runtime_error where it is missing and has no default, or is no number.
    std::string text(const std::string& name) const;
    std::string text(const std::string& name, const std::string& otherwise) const;
    double number(const std::string& name) const;
    double number(const std::string& name, double otherwise) const;
    std::size_t count(const std::string& name) const;
    std::size_t count(const std::string& name, std::size_t otherwise) const;
    std::uint16_t port(const std::string& name = "port") const;

    const std::vector<std::string>& command() const { return command_; }

private:
    std::map<std::string, std::string> values_;
    std::vector<std::string> command_;
};

} // namespace iothub::bench
