#pragma once
// Decides whether certificates prove that somebody is a certain device or module (device protocol
// §1.2, reliability §1; row R02). Part of the authenticator.
//
// An identity of type self_signed names the thumbprint of its certificate, by SHA-1 or SHA-256. One
// of type certificate_authority names none: its certificate bears its name, `{device}` or
// `{device}/{module}`, as the only common name, and leads to a CA that the hub knows. A module's
// certificate bears its name in either case.

#include <span>
#include <string>

#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/security/certificate_verifier.hpp"

namespace iothub::core {

class certificate_authorities;
class clock;

class certificate_authentication {
public:
    // All of them must outlive it.
    certificate_authentication(const certificate_verifier& verifier,
                               const certificate_authorities& authorities,
                               const core::clock& clock);

    // Until when `chain` (DER, the leaf first, not empty; its owner has proved by TLS to have the
    // leaf's key) proves its owner to be `id`. Everything wrong is unauthorized_access.
    result<timestamp> prove(const identity& id, std::span<const std::string> chain) const;

private:
    result<> check_authority(const identity& id, const certificate_facts& leaf,
                             std::span<const std::string> chain) const;

    const certificate_verifier& verifier_;
    const certificate_authorities& authorities_;
    const core::clock& clock_;
};

} // namespace iothub::core
