#pragma once
// The names a server certificate speaks for: host names and IP literals, as they are asked for and
// as they stand in a subjectAltName. Used by certificate_authority and certificate_inspection.

#include <set>
#include <string>
#include <vector>

#include "common/result.hpp"
#include "emulator/net/certificates/openssl_handles.hpp"

namespace iothub::net {

// In the form of OpenSSL's extension syntax ("DNS:localhost", "IP:127.0.0.1"), each once, lower
// case, always with localhost, 127.0.0.1 and ::1. errc::argument_invalid for anything else.
result<std::vector<std::string>> alternative_names(const std::vector<std::string>& names);

// The same form, of what the certificate holds; IP addresses canonical.
std::set<std::string> alternative_names(const X509& certificate);

} // namespace iothub::net
