#include "emulator/http_codec/head_scanner.hpp"

#include <algorithm>

namespace iothub::http_codec {

namespace {

bool is_forbidden(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f;
}

bool is_text(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
}

// "HTTP/1.1", but any digits.
bool is_version(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 8 && text.starts_with("HTTP/") && digit(text[5]) && text[6] == '.' &&
           digit(text[7]);
}

} // namespace

bool head_scanner::scan(std::string_view head) {
    while (scanned_ < head.size() && !fault_) {
        const char c = head[scanned_++];
        if (take(c, head)) {
            return true;
        }
        previous_ = c;
        pass_over_text(head);
    }
    return false;
}

// Most of a head is what no rule is about: within a line, and within the limits.
void head_scanner::pass_over_text(std::string_view head) {
    if (scanned_ == line_start_ || previous_ == '\r') {
        return;
    }
    const std::size_t limit =
        lines_ == 0 ? std::min(limits_.request_line, limits_.block) : limits_.block;
    const std::size_t end = std::min(head.size(), limit);
    while (scanned_ < end && is_text(head[scanned_])) {
        previous_ = head[scanned_++];
    }
}

// True when `c` ends the head.
bool head_scanner::take(char c, std::string_view head) {
    if (is_forbidden(c)) {
        refuse(400, "There is a control character in the header.");
    } else if ((c == '\n') != (previous_ == '\r')) {
        refuse(400, "A line of the header does not end in CR LF.");
    } else if (scanned_ == line_start_ + 1 && (c == ' ' || c == '\t')) {
        refuse(400, "A line of the header begins with white space.");
    } else {
        check_size();
    }
    return !fault_ && c == '\n' && end_line(head);
}

bool head_scanner::end_line(std::string_view head) {
    const std::string_view line = head.substr(line_start_, scanned_ - line_start_ - 2);
    line_start_ = scanned_;
    if (line.empty() && lines_ > 0) {
        return true;
    }
    if (++lines_ == 1) {
        check_request_line(line);
    } else if (lines_ > limits_.fields + 1) {
        refuse(431, "There are too many header fields.");
    }
    return false;
}

// Only the version: the rest is the parser's.
void head_scanner::check_request_line(std::string_view line) {
    const std::size_t space = line.rfind(' ');
    const std::string_view version = space == line.npos ? line : line.substr(space + 1);
    if (!is_version(version)) {
        refuse(400, "The request line is malformed.");
    } else if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        refuse(505, "Only HTTP/1.1 is spoken here.");
    }
}

void head_scanner::check_size() {
    if (lines_ == 0 && scanned_ > limits_.request_line) {
        refuse(414, "The request line is too long.");
    } else if (scanned_ > limits_.block) {
        refuse(431, "The header is too large.");
    }
}

} // namespace iothub::http_codec
