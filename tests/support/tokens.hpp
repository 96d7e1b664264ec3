#pragma once
// Makes the tokens that tests present, spelled as a caller of the hub may spell them.

#include <string>
#include <string_view>

#include "common/base64.hpp"
#include "common/percent_encoding.hpp"
#include "common/secret.hpp"

namespace iothub::test {

// A token over `sr` exactly as it stands. `skn` is left out where it is null.
inline std::string raw_token(std::string_view sr, std::string_view key, std::string_view se,
                             const char* skn = nullptr) {
    const std::string to_sign = std::string(sr) + "\n" + std::string(se);
    const std::string signature = base64_encode(hmac_sha256(base64_decode(key).value(), to_sign));
    return "SharedAccessSignature sr=" + std::string(sr) + "&sig=" + percent_encode(signature) +
           "&se=" + std::string(se) + (skn == nullptr ? "" : "&skn=" + std::string(skn));
}

} // namespace iothub::test
