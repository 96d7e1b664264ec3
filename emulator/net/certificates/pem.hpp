#pragma once
// PEM text to OpenSSL's objects and back, for tls_context and the certificate sources of net.

#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/net/certificates/openssl_handles.hpp"

namespace iothub::net {

// At least one certificate, in the order of the text; damaged text is an error.
result<std::vector<certificate_ptr>> read_certificates(std::string_view pem);

// An unencrypted private key.
result<key_ptr> read_private_key(std::string_view pem);

std::string to_pem(X509& certificate);

// PKCS#8, unencrypted.
std::string to_pem(EVP_PKEY& key);

} // namespace iothub::net
