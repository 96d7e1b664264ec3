#pragma once
// Which certificates the clients trust besides the system's store: those the options name, else
// those of the variables EdgeModuleCACertificateFile and SSL_CERT_FILE (device protocol §4).

#include <string>
#include <vector>

#include "client/src/environment.hpp"

namespace iothub::client {

struct trusted_file {
    std::string path;
    std::string named_by; // "the option ca_file", "the variable SSL_CERT_FILE": for errors
};

struct trust {
    std::vector<trusted_file> files;
    std::string pem; // PEM text; empty: none
};

// An empty variable counts as not set.
trust resolve_trust(const std::string& ca_file, const std::string& ca_pem,
                    const environment& variables = environment_variable);

} // namespace iothub::client
