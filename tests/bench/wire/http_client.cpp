#include "bench/wire/http_client.hpp"

#include <charconv>
#include <stdexcept>

#include "common/letter_case.hpp"

namespace iothub::bench {

namespace {

// Of a header with lines that end with \r\n; 0 where it does not say.
std::size_t content_length(std::string_view header) {
    constexpr std::string_view name = "content-length:";
    for (std::size_t line = header.find("\r\n"); line != std::string_view::npos;
         line = header.find("\r\n", line + 2)) {
        const std::string_view start = header.substr(line + 2, name.size());
        if (equal_ignoring_case(start, name)) {
            const std::string_view value = header.substr(line + 2 + name.size());
            std::size_t length = 0;
            std::from_chars(value.data() + value.find_first_not_of(' '),
                            value.data() + value.size(), length);
            return length;
        }
    }
    return 0;
}

} // namespace

void http_client::send(const http_request& request) {
    output()
        .append(request.method)
        .append(" ")
        .append(request.path)
        .append(" HTTP/1.1\r\nHost: localhost\r\n")
        .append(request.headers);
    if (!request.body.empty()) {
        output()
            .append("Content-Type: application/json\r\nContent-Length: ")
            .append(std::to_string(request.body.size()))
            .append("\r\n");
    }
    output().append("\r\n").append(request.body);
}

std::size_t http_client::take(std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        return 0;
    }
    const std::size_t length = content_length(bytes.substr(0, end + 2));
    const std::size_t size = end + 4 + length;
    if (bytes.size() < size) {
        return 0;
    }
    if (bytes.substr(9, 1) != "2") {
        throw std::runtime_error("the server answers " + std::string(bytes.substr(0, size)));
    }
    answered(bytes.substr(end + 4, length));
    return size;
}

} // namespace iothub::bench
