#pragma once
// A log that keeps its lines, so that a test can see what a refusal was said to be.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "common/log.hpp"

namespace iothub::test {

class recording_log final : public log {
public:
    struct line {
        log_level level;
        std::string component;
        std::string text;
    };

    void write(log_level level, std::string_view component, std::string_view text) override {
        lines_.push_back({level, std::string(component), std::string(text)});
    }
    bool wants(log_level level) const override { return traces_ || level != log_level::trace; }
    void trace() { traces_ = true; }

    const std::vector<line>& lines() const { return lines_; }
    void clear() { lines_.clear(); }

    // True where some line contains `text`.
    bool mentions(std::string_view text) const {
        return std::ranges::any_of(
            lines_, [&](const line& l) { return l.text.find(text) != std::string::npos; });
    }

    // The text of the last line, or nothing.
    std::string last() const { return lines_.empty() ? std::string() : lines_.back().text; }

private:
    bool traces_ = false;
    std::vector<line> lines_;
};

} // namespace iothub::test
