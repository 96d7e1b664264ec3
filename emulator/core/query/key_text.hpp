#pragma once
// The way back from identity_key::text(), for positions that are kept or handed out.

#include <string>
#include <string_view>

#include "common/identity_key.hpp"

namespace iothub::core::query {

// "device" or "device/module"; ids hold no slash.
inline identity_key key_of_text(std::string_view text) {
    const std::size_t slash = text.find('/');
    return {std::string(text.substr(0, slash)),
            std::string(slash == text.npos ? "" : text.substr(slash + 1))};
}

} // namespace iothub::core::query
