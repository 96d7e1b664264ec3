#pragma once
// A certificate with its private key, both in PEM. The certificate may be followed by the chain
// that leads to its CA. What certificate_authority makes and tls_context takes.

#include <string>

namespace iothub::net {

struct certificate_and_key {
    std::string certificate_pem;
    std::string key_pem;
};

} // namespace iothub::net
