#pragma once
// The logging facade: layers write to a log they are given; the application decides where it goes
// (nowhere, for a hub that lives in a test process). A line names its component and holds no
// secret.

#include <string_view>

namespace iothub {

enum class log_level { trace, debug, info, warning, error, off };

// "trace", "debug", "info", "warning" or "error".
constexpr std::string_view level_name(log_level level) {
    switch (level) {
    case log_level::trace:
        return "trace";
    case log_level::debug:
        return "debug";
    case log_level::info:
        return "info";
    case log_level::warning:
        return "warning";
    default:
        return "error";
    }
}

class log {
public:
    virtual ~log() = default;

    virtual void write(log_level level, std::string_view component, std::string_view text) = 0;

    // So that a caller may spare itself the making of a line nobody reads.
    virtual bool wants(log_level level) const = 0;
};

// Takes everything and keeps nothing.
class silent_log final : public log {
public:
    void write(log_level, std::string_view, std::string_view) override {}
    bool wants(log_level) const override { return false; }
};

} // namespace iothub
