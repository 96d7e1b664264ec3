#pragma once
// Decides who a token speaks for (service API §5.2, device protocol §1.5; row A01). A refusal tells
// the peer only "Unauthorized access"; the error's detail, for the log, says which rule it was.

#include <optional>
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

class clock;
class store;

// A device or module that has proved who it is.
struct device_principal {
    identity_key key;
    std::string generation_id;
    std::string auth_method; // JSON text, as telemetry carries it (§7.6)
    timestamp expiry;        // of the token: the session ends with it
};

class authenticator {
public:
    authenticator(std::vector<access_policy> policies, core::store& store,
                  const core::clock& clock);

    // A back-end request: the Authorization header (if there was one), the permission that the
    // operation needs and the path it is for, in segments. unauthorized without a header,
    // unauthorized_access for everything else. The policy that signed.
    result<const access_policy*> authorize_service(std::optional<std::string_view> authorization,
                                                   permission needed,
                                                   const std::vector<std::string>& path) const;

    // A device or module that presents a token: its own, signed by one of its keys, or one signed
    // by a policy with device_connect.
    result<device_principal> authenticate_device(const identity_key& key,
                                                 std::string_view token) const;

    const std::vector<access_policy>& policies() const { return policies_; }
    const access_policy* find_policy(std::string_view name) const;

private:
    result<sas_token> parse_unexpired(std::string_view text) const;
    result<identity> find_enabled(const identity_key& key) const;
    result<> check_policy(const sas_token& token, permission needed,
                          const std::vector<std::string>& path) const;
    result<> check_identity_key(const sas_token& token, const identity& id) const;

    std::vector<access_policy> policies_;
    core::store& store_;
    const core::clock& clock_;
};

} // namespace iothub::core
