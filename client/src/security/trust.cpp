#include "client/src/security/trust.hpp"

#include <array>

namespace iothub::client {

trust resolve_trust(const std::string& ca_file, const std::string& ca_pem,
                    const environment& variables) {
    trust found;
    found.pem = ca_pem;
    if (!ca_file.empty()) {
        found.files.push_back({ca_file, "the option ca_file"});
    }
    if (!ca_file.empty() || !ca_pem.empty()) {
        return found;
    }
    for (const char* name : std::array{"EdgeModuleCACertificateFile", "SSL_CERT_FILE"}) {
        const auto path = variables(name);
        if (path && !path->empty()) {
            found.files.push_back({*path, "the variable " + std::string(name)});
        }
    }
    return found;
}

} // namespace iothub::client
