#pragma once
// The certificates a hub serves with, kept in its data folder: ca.pem, ca.key, server.pem (with the
// CA behind it), server.key. Called by app at start-up; keys are readable by their owner only.

#include <filesystem>
#include <string>
#include <vector>

#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/net/certificates/certificate_and_key.hpp"

namespace iothub::net {

struct hub_certificates {
    std::string ca_pem;             // what clients trust
    certificate_and_key server;     // what tls_context takes
    std::vector<std::string> notes; // for the log: what was created or renewed, and why
};

// Certificates that live in memory only.
result<hub_certificates> create_certificates(const std::vector<std::string>& names, timestamp now);

// Creates what is missing. The server certificate is renewed when why_renewal_is_needed says so,
// the CA only when it has expired; keys are kept, so at every moment each certificate on disk has
// its key. A damaged file, or a certificate without its key, is an error that names the file and
// the remedy, and nothing is touched. The folder has to exist.
result<hub_certificates> load_or_create_certificates(const std::filesystem::path& folder,
                                                     const std::vector<std::string>& names,
                                                     timestamp now);

} // namespace iothub::net
