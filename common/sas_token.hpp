#pragma once
// Shared access signatures (service API §5.2, device protocol §1.5): what SDKs send as the
// Authorization header, the MQTT password or a CBS token, and what our clients make.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/timestamp.hpp"

namespace iothub {

struct sas_token {
    std::string resource;  // `sr` exactly as it stands in the token: the signature covers this text
    std::string signature; // the 32 bytes, decoded
    std::string policy_name; // `skn`, may be empty
    std::string expiry_text; // `se` exactly as it stands in the token
    timestamp expiry;

    // "SharedAccessSignature sr=…&sig=…&se=…[&skn=…]" in any order; unknown fields are ignored.
    // unauthorized_access with a detail that names the fault, never the token.
    static result<sas_token> parse(std::string_view text);

    // `key` is the base64 text of an identity or policy.
    bool signed_with(std::string_view base64_key) const;

    // Likewise, where the text itself is the key: so the SDKs of Event Hubs sign with it.
    bool signed_with_text(std::string_view key) const;

    // The path of `sr` decoded once: without scheme and host, split on `/`.
    // "h%2Fdevices%2Fd" gives {"devices", "d"}; a bare host gives {}.
    std::vector<std::string> path() const;
};

// A token for `resource`, which is percent-encoded into `sr`; the host may carry a port.
// argument_invalid where the key is not base64.
result<std::string> make_sas_token(std::string_view resource, std::string_view base64_key,
                                   timestamp expiry, std::string_view policy_name = {});

} // namespace iothub
