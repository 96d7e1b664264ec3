#include "client/src/security/trust.hpp"

#include <array>
#include <cstdlib>

namespace iothub::client {

std::optional<std::string> environment_variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

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
