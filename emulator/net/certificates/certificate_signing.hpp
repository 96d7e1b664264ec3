#pragma once
// Makes one certificate with OpenSSL: the part that the hub's own certificates and those of the
// tests have in common. Failures are exceptions: nothing but lack of memory or a wrong request
// causes them.

#include <string>
#include <vector>

#include "common/timestamp.hpp"
#include "emulator/net/certificates/openssl_handles.hpp"

namespace iothub::net {

struct certificate_extension {
    int id;            // NID_…
    std::string value; // in OpenSSL's extension syntax: "critical,CA:TRUE"
};

struct certificate_request {
    std::vector<std::string> common_names; // the subject, in UTF-8: one, for a sound certificate
    EVP_PKEY* key;                         // whose public half is certified
    timestamp from;
    timestamp until;
    std::vector<certificate_extension> extensions;
};

struct certificate_signer {
    X509* certificate; // null: the certificate signs itself
    EVP_PKEY* key;
};

// X.509 v3 with a random serial number, signed over SHA-256. std::runtime_error.
certificate_ptr sign(const certificate_request& request, const certificate_signer& by);

// std::runtime_error with OpenSSL's reason where a step of the making failed.
void require_made(bool succeeded);

} // namespace iothub::net
