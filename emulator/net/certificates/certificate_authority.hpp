#pragma once
// The hub's own certificates: a CA that developers trust once, and server certificates under it.
// Pure functions on PEM text; keys are ECDSA P-256. Called by certificate_files.

#include <string>
#include <vector>

#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/net/certificates/certificate_and_key.hpp"

namespace iothub::net {

// A new P-256 key, PKCS#8 in PEM.
std::string create_private_key();

// A self-signed CA certificate for `key_pem`: 10 years from now, with a name of its own, so that
// two hubs' CAs can sit in one trust store.
result<std::string> create_ca_certificate(const std::string& key_pem, timestamp now);

// A server certificate for `key_pem`, followed by the CA's. It is valid for 825 days, the most that
// clients accept, but not longer than the CA. `names` are host names and IP literals; localhost,
// 127.0.0.1 and ::1 are always added, and the first name is the subject. A name that is neither is
// errc::argument_invalid.
result<std::string> create_server_certificate(const certificate_and_key& ca,
                                              const std::string& key_pem,
                                              const std::vector<std::string>& names, timestamp now);

} // namespace iothub::net
