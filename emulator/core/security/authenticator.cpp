#include "emulator/core/security/authenticator.hpp"

#include <algorithm>

#include "common/json_writer.hpp"
#include "common/percent_encoding.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/security/bearer_token.hpp"
#include "emulator/core/security/certificate_authentication.hpp"
#include "emulator/core/security/refusal.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

// .NET encodes ids twice, so that a segment may still be encoded after the token was decoded once.
bool same_segment(std::string_view in_token, std::string_view wanted) {
    return in_token == wanted || percent_decode_leniently(in_token) == wanted;
}

// Whether a token for `scope` covers `path`: segment by segment, a shorter scope covers more.
bool covers(const std::vector<std::string>& scope, const std::vector<std::string>& path) {
    return scope.size() <= path.size() &&
           std::equal(scope.begin(), scope.end(), path.begin(), same_segment);
}

std::vector<std::string> path_of(const identity_key& key) {
    std::vector<std::string> path{"devices", key.device_id};
    if (key.is_module()) {
        path.insert(path.end(), {"modules", key.module_id});
    }
    return path;
}

std::string auth_method(std::string_view scope, std::string_view type) {
    json_writer text;
    text.begin_object().member("scope", scope).member("type", type).member("issuer", "iothub");
    return text.key("acceptingIpFilterRule").raw("null").end_object().take();
}

const char* own_scope(const identity_key& key) {
    return key.is_module() ? "module" : "device";
}

// Keys are decoded first by the SDKs of IoT Hub, and not by those of Event Hubs.
bool signed_by(const sas_token& token, const access_policy& policy) {
    return token.signed_with(policy.primary_key) || token.signed_with(policy.secondary_key) ||
           token.signed_with_text(policy.primary_key) ||
           token.signed_with_text(policy.secondary_key);
}

} // namespace

authenticator::authenticator(std::vector<access_policy> policies, core::store& store,
                             const core::clock& clock,
                             const certificate_authentication& certificates)
    : policies_(std::move(policies))
    , store_(store)
    , clock_(clock)
    , certificates_(certificates) {}

const access_policy* authenticator::find_policy(std::string_view name) const {
    const auto found = std::ranges::find(policies_, name, &access_policy::name);
    return found == policies_.end() ? nullptr : &*found;
}

result<sas_token> authenticator::parse_unexpired(std::string_view text) const {
    auto token = sas_token::parse(text);
    if (token && token->expiry <= clock_.now()) {
        return refused("the SAS token expired at " + iso_8601(token->expiry));
    }
    return token;
}

result<> authenticator::check_policy(const sas_token& token, permission needed,
                                     const std::vector<std::string>& path) const {
    const access_policy* policy = find_policy(token.policy_name);
    if (policy == nullptr) {
        return refused("the SAS token names an unknown policy (skn)");
    }
    if (!signed_by(token, *policy)) {
        return refused("the signature is by neither key of the policy " + policy->name);
    }
    if (!covers(token.path(), path)) {
        return refused("the SAS token is for another resource (sr)");
    }
    if (!policy->grants(needed)) {
        return refused("the policy " + policy->name + " does not permit this operation");
    }
    return {};
}

result<const access_policy*>
authenticator::authorize_service(std::optional<std::string_view> authorization, permission needed,
                                 const std::vector<std::string>& path) const {
    if (!authorization || authorization->empty()) {
        return error{errc::unauthorized, "Unauthorized", "there is no Authorization header"};
    }
    if (const auto bearer = bearer_token_in(*authorization)) {
        return authorize_bearer(*bearer);
    }
    const auto token = parse_unexpired(*authorization);
    if (!token) {
        return token.error();
    }
    if (token->policy_name.empty()) {
        return refused("the SAS token names no policy (skn): a device's token cannot be used here");
    }
    if (const auto checked = check_policy(*token, needed, path); !checked) {
        return checked.error();
    }
    return find_policy(token->policy_name);
}

result<const access_policy*> authenticator::authorize_bearer(std::string_view token) const {
    using enum permission;
    static const access_policy everything{
        "(bearer token)", {}, {}, registry_read | registry_write | service_connect};
    if (!accepts_bearer_tokens_) {
        return error{errc::unauthorized_access,
                     "Unauthorized access. This hub takes SAS tokens, and bearer tokens only where "
                     "it was started with --accept-bearer-tokens."};
    }
    if (const auto checked = check_bearer_token(token, clock_.now()); !checked) {
        return checked.error();
    }
    return &everything;
}

result<identity> authenticator::find_enabled(const identity_key& key) const {
    const auto device = store_.find_identity({key.device_id, {}});
    if (!device) {
        return refused("there is no such device");
    }
    if (!device->enabled) {
        return refused("the device is disabled");
    }
    if (!key.is_module()) {
        return *device;
    }
    auto module = store_.find_identity(key);
    if (!module) {
        return refused("there is no such module");
    }
    return *std::move(module);
}

result<> authenticator::check_identity_key(const sas_token& token, const identity& id) const {
    if (id.authentication.type != authentication_type::sas) {
        return refused("the identity does not authenticate with keys");
    }
    const auto path = path_of(id.key);
    if (token.path().size() != path.size() || !covers(token.path(), path)) {
        return refused("the SAS token is for another resource (sr)");
    }
    if (!token.signed_with(id.authentication.primary_key) &&
        !token.signed_with(id.authentication.secondary_key)) {
        return refused("the signature is by neither key of the identity");
    }
    return {};
}

result<device_principal>
authenticator::authenticate_device(const identity_key& key,
                                   const device_credentials& presented) const {
    if (presented.token) {
        return authenticate_token(key, *presented.token);
    }
    if (!presented.certificates.empty()) {
        return authenticate_certificate(key, presented.certificates);
    }
    return refused("it presented neither a token nor a certificate");
}

result<device_principal>
authenticator::authenticate_certificate(const identity_key& key,
                                        std::span<const std::string> chain) const {
    const auto id = find_enabled(key);
    if (!id) {
        return id.error();
    }
    const auto until = certificates_.prove(*id, chain);
    if (!until) {
        return until.error();
    }
    return device_principal{key, id->generation_id, auth_method(own_scope(key), "x509"), *until};
}

result<device_principal> authenticator::authenticate_token(const identity_key& key,
                                                           std::string_view text) const {
    const auto token = parse_unexpired(text);
    if (!token) {
        return token.error();
    }
    const auto id = find_enabled(key);
    if (!id) {
        return id.error();
    }
    const bool by_policy = !token->policy_name.empty();
    const auto checked = by_policy ? check_policy(*token, permission::device_connect, path_of(key))
                                   : check_identity_key(*token, *id);
    if (!checked) {
        return checked.error();
    }
    const char* scope = by_policy ? "hub" : own_scope(key);
    return device_principal{key, id->generation_id, auth_method(scope, "sas"), token->expiry};
}

} // namespace iothub::core
