#include "emulator/http/paging.hpp"

#include <charconv>
#include <limits>

namespace iothub::http {

namespace {

// 0 where the text is no number.
std::size_t read_size(const std::string& text) {
    std::size_t size = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, size);
    if (rest != end) {
        return 0;
    }
    return failure == std::errc::result_out_of_range ? std::numeric_limits<std::size_t>::max()
                                                     : size;
}

} // namespace

result<paging> read_paging(const http_codec::fields& headers) {
    paging asked;
    if (const std::string* size = headers.find("x-ms-max-item-count")) {
        asked.size = read_size(*size);
    }
    if (asked.size == 0) {
        return error{errc::argument_invalid, "x-ms-max-item-count must be a number from 1 on."};
    }
    if (const std::string* token = headers.find("x-ms-continuation")) {
        asked.continuation = *token;
    }
    return asked;
}

void add_paging(http_codec::fields& headers, std::string_view item_type,
                const std::string& continuation) {
    headers.add("x-ms-item-type", std::string(item_type));
    if (!continuation.empty()) {
        headers.add("x-ms-continuation", continuation);
    }
}

} // namespace iothub::http
