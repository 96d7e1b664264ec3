#include "emulator/http/if_match.hpp"

#include "emulator/http_codec/fields.hpp"

namespace iothub::http {

core::precondition parse_if_match(const std::string* header) {
    return header == nullptr ? core::precondition()
                             : core::precondition::parse(http_codec::trimmed(*header));
}

} // namespace iothub::http
