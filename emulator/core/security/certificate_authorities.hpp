#pragma once
// The certificate authorities whose word a hub takes for a device or module of type
// certificate_authority, kept in the store's settings under "certificate-authority/<name>".
// Registered by --config, by embedders and by the management API (docs/management-api.md).

#include <string>
#include <string_view>
#include <vector>

#include "common/certificate_facts.hpp"
#include "common/result.hpp"

namespace iothub::core {

class certificate_verifier;
class store;

struct certificate_authority {
    std::string name;
    ca_certificate certificate;
};

class certificate_authorities {
public:
    static constexpr std::size_t max_authorities = 25;

    // Both must outlive it.
    certificate_authorities(core::store& store, const certificate_verifier& verifier);

    // Registers or replaces; true where the name is new. argument_invalid for a name that is not 1
    // to 64 characters of A-Z a-z 0-9 - _ . and for a text that is not exactly one certificate of a
    // CA; quota_exceeded for the 26th.
    result<bool> put(std::string_view name, std::string_view pem);

    // generic_not_found where there is none of that name.
    result<> remove(std::string_view name);

    void clear();

    // In the order of their names.
    std::vector<certificate_authority> list() const;

    // The certificates in PEM.
    std::vector<std::string> certificates() const;

private:
    core::store& store_;
    const certificate_verifier& verifier_;
};

} // namespace iothub::core
