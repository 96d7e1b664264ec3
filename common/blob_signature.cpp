#include "common/blob_signature.hpp"

#include <chrono>

#include "common/base64.hpp"
#include "common/percent_encoding.hpp"
#include "common/secret.hpp"

namespace iothub {

namespace {

constexpr std::string_view version = "2018-11-09";
constexpr std::string_view permissions = "rw";

// The fifteen lines that a signature of that version covers; most of them are left empty.
std::string text_to_sign(const blob_place& place, const std::string& expiry) {
    const std::string resource =
        "/blob/" + place.account + "/" + place.container + "/" + place.blob;
    std::string text(permissions);
    text.append("\n\n").append(expiry);      // start, expiry
    text.append("\n").append(resource);      // canonicalized resource
    text.append("\n\n\n\n").append(version); // identifier, IP, protocol, version
    text.append("\nb");                      // resource: a blob
    text.append("\n\n\n\n\n\n");             // snapshot, rscc, rscd, rsce, rscl, rsct
    return text;
}

} // namespace

result<std::string> sign_blob_access(const blob_place& place, std::string_view account_key,
                                     timestamp expiry) {
    const auto key = base64_decode(account_key);
    if (!key) {
        return error{errc::argument_invalid, "The key of the storage account is not base64."};
    }
    const std::string ends = iso_8601(std::chrono::floor<std::chrono::seconds>(expiry));
    const std::string signature = base64_encode(hmac_sha256(*key, text_to_sign(place, ends)));
    return "?sv=" + std::string(version) + "&sr=b&sig=" + percent_encode(signature) +
           "&se=" + percent_encode(ends) + "&sp=" + std::string(permissions);
}

} // namespace iothub
