#include "emulator/http/if_match.hpp"

#include <string_view>

#include "emulator/http_codec/fields.hpp"

namespace iothub::http {

core::precondition parse_if_match(const std::string* header) {
    std::string_view etag = header == nullptr ? std::string_view() : *header;
    etag = http_codec::trimmed(etag);
    if (etag.starts_with("W/")) {
        etag.remove_prefix(2);
    }
    if (etag.size() >= 2 && etag.starts_with('"') && etag.ends_with('"')) {
        etag = etag.substr(1, etag.size() - 2);
    }
    if (etag.empty()) {
        return {};
    }
    return etag == "*" ? core::precondition::anything()
                       : core::precondition::exactly(std::string(etag));
}

} // namespace iothub::http
