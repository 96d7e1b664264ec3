#pragma once
// The hub's seam for X.509, implemented with OpenSSL: hands core's questions to net/certificates.
// Used by server.

#include "emulator/core/security/certificate_verifier.hpp"

namespace iothub::app {

const core::certificate_verifier& openssl_certificates();

} // namespace iothub::app
