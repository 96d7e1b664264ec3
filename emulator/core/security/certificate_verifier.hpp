#pragma once
// The seam for X.509: what a certificate says and whether others vouch for it. app implements it
// with net/certificates; what follows from the answers is decided by certificate_authentication.
// Every error's message says what is wrong with the certificate.

#include <span>
#include <string>
#include <string_view>

#include "common/certificate_facts.hpp"
#include "common/result.hpp"

namespace iothub::core {

class certificate_verifier {
public:
    virtual ~certificate_verifier() = default;

    // Of one certificate in DER.
    virtual result<certificate_facts> describe(std::string_view der) const = 0;

    // Exactly one certificate, in PEM, that may sign others.
    virtual result<ca_certificate> read_authority(std::string_view pem) const = 0;

    // Whether `chain` (DER, the leaf first) leads to one of the `authorities` (PEM), each
    // certificate on the way being valid at `now` and fit for client authentication.
    virtual result<> verify(std::span<const std::string> chain,
                            std::span<const std::string> authorities, timestamp now) const = 0;
};

// One that takes nothing for a certificate: for hubs whose devices all have keys.
const certificate_verifier& no_certificates();

} // namespace iothub::core
