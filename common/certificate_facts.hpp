#pragma once
// What an X.509 certificate says of itself. net/certificates reads it with OpenSSL, core/security
// judges it without.

#include <string>
#include <vector>

#include "common/timestamp.hpp"

namespace iothub {

struct certificate_facts {
    std::string subject;                   // "CN=d1,O=…" (RFC 2253), one line of ASCII
    std::vector<std::string> common_names; // of the subject: UTF-8, byte for byte
    std::string sha1;                      // thumbprints over the DER: 40 and 64 hexadecimal
    std::string sha256;                    // digits in capitals
    timestamp not_before = never;
    timestamp not_after = never;
    bool for_clients = false; // what it says of its purpose allows client authentication
};

// The certificate of an authority that vouches for others.
struct ca_certificate {
    std::string pem; // that certificate and nothing else
    certificate_facts facts;
};

} // namespace iothub
