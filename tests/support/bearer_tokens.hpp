#pragma once
// Makes tokens as Microsoft Entra ID issues them, with a signature of nobody.

#include <algorithm>
#include <string>
#include <string_view>

#include "common/base64.hpp"

namespace iothub::test {

inline std::string base64url(std::string_view bytes) {
    std::string text = base64_encode(bytes);
    std::erase(text, '=');
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

inline std::string bearer_token(std::string_view payload,
                                std::string_view header = R"({"typ":"JWT","alg":"RS256"})") {
    return base64url(header) + "." + base64url(payload) + "." + base64url("signature");
}

} // namespace iothub::test
