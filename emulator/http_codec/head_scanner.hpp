#pragma once
// Finds the end of a request's head and refuses, at the first byte that shows it, what a lenient
// parser might read differently from the next one (RFC 9112 §2.2, §5.1, §11.2): bare CR or LF,
// folded lines, control characters, and heads beyond the limits. Used by request_reader.

#include <cstddef>
#include <optional>
#include <string_view>

#include "emulator/http_codec/request.hpp"

namespace iothub::http_codec {

struct head_limits {
    std::size_t request_line = 8 * 1024;
    std::size_t block = 64 * 1024; // request line and header fields together
    std::size_t fields = 100;
};

class head_scanner {
public:
    explicit head_scanner(const head_limits& limits)
        : limits_(limits) {}

    // Continues where the last call ended; `head` holds every byte of the request so far. True once
    // the empty line is in it, which then ends at size().
    bool scan(std::string_view head);

    std::size_t size() const { return scanned_; }
    const std::optional<refusal>& fault() const { return fault_; }

private:
    bool take(char c, std::string_view head);
    void pass_over_text(std::string_view head);
    bool end_line(std::string_view head);
    void check_request_line(std::string_view line);
    void check_size();
    void refuse(int status, const char* reason) { fault_ = refusal{status, reason}; }

    head_limits limits_;
    std::size_t scanned_ = 0;
    std::size_t line_start_ = 0;
    std::size_t lines_ = 0; // whole ones, the request line included
    char previous_ = 0;
    std::optional<refusal> fault_;
};

} // namespace iothub::http_codec
