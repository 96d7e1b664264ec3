#pragma once
// Decides who a token or a certificate speaks for (service API §5.2, device protocol §1.2, §1.5;
// rows A01, R02). A refusal tells the peer only "Unauthorized access"; the error's detail, for the
// log, says which rule it was.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "common/sas_token.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/security/access_policy.hpp"

namespace iothub::core {

class certificate_authentication;
class clock;
class store;

// A device or module that has proved who it is.
struct device_principal {
    identity_key key;
    std::string generation_id;
    std::string auth_method; // JSON text, as telemetry carries it (§7.6)
    timestamp expiry;        // of the token or certificate: the session ends with it
    std::string model_id{};  // of the model that it has announced, or empty
};

// What somebody presents who says that it is a device or module: a token, or the certificates that
// it proved with TLS (DER, the leaf first). A token goes before certificates.
struct device_credentials {
    std::optional<std::string_view> token;
    std::span<const std::string> certificates;
};

class authenticator {
public:
    // What it is given by reference must outlive it.
    authenticator(std::vector<access_policy> policies, core::store& store, const core::clock& clock,
                  const certificate_authentication& certificates);

    // From now on, bearer tokens grant back ends everything.
    void accept_bearer_tokens() { accepts_bearer_tokens_ = true; }

    // A back-end request: the Authorization header (if there was one), the permission that the
    // operation needs and the path it is for, in segments. unauthorized without a header,
    // unauthorized_access for everything else. The policy that signed, or one with all that back
    // ends may do for a bearer token.
    result<const access_policy*> authorize_service(std::optional<std::string_view> authorization,
                                                   permission needed,
                                                   const std::vector<std::string>& path) const;

    // A device or module that presents a token (its own, signed by one of its keys, or one signed
    // by a policy with device_connect) or a certificate (that is known by its thumbprint, or signed
    // by a CA that the hub knows). Everything wrong is unauthorized_access.
    result<device_principal> authenticate_device(const identity_key& key,
                                                 const device_credentials& presented) const;

    const std::vector<access_policy>& policies() const { return policies_; }
    const access_policy* find_policy(std::string_view name) const;

private:
    result<sas_token> parse_unexpired(std::string_view text) const;
    result<const access_policy*> authorize_bearer(std::string_view token) const;
    result<identity> find_enabled(const identity_key& key) const;
    result<> check_policy(const sas_token& token, permission needed,
                          const std::vector<std::string>& path) const;
    result<device_principal> authenticate_token(const identity_key& key,
                                                std::string_view text) const;
    result<device_principal> authenticate_certificate(const identity_key& key,
                                                      std::span<const std::string> chain) const;
    result<> check_identity_key(const sas_token& token, const identity& id) const;

    std::vector<access_policy> policies_;
    core::store& store_;
    const core::clock& clock_;
    const certificate_authentication& certificates_;
    bool accepts_bearer_tokens_ = false;
};

} // namespace iothub::core
