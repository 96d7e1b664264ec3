#include "emulator/core/security/certificate_authentication.hpp"

#include <algorithm>
#include <cctype>

#include "emulator/core/clock.hpp"
#include "emulator/core/security/certificate_authorities.hpp"
#include "emulator/core/security/refusal.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t longest_shown_name = 300; // two ids and the slash fit

// What a stranger chose, fit for one line of a log.
std::string shown(std::string_view name) {
    std::string text(name.substr(0, longest_shown_name));
    std::ranges::replace_if(text, [](char c) { return c < ' ' || c == 0x7f; }, '?');
    return text;
}

bool same_digits(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](unsigned char one, unsigned char other) {
        return std::toupper(one) == std::toupper(other);
    });
}

bool is_thumbprint_of(const certificate_facts& leaf, const std::optional<std::string>& thumbprint) {
    return thumbprint &&
           (same_digits(*thumbprint, leaf.sha1) || same_digits(*thumbprint, leaf.sha256));
}

result<> check_validity(const certificate_facts& leaf, timestamp now) {
    if (now < leaf.not_before) {
        return refused("the certificate is not valid before " + iso_8601(leaf.not_before));
    }
    if (now > leaf.not_after) {
        return refused("the certificate expired at " + iso_8601(leaf.not_after));
    }
    return {};
}

// Byte for byte: an id has no '/', so that there is one way to read `{device}/{module}`.
result<> check_name(const certificate_facts& leaf, const identity_key& key) {
    if (leaf.common_names.empty()) {
        return refused("the certificate's subject has no common name (CN)");
    }
    if (leaf.common_names.size() > 1) {
        return refused("the certificate's subject has more than one common name (CN)");
    }
    const std::string& name = leaf.common_names.front();
    if (name.find('\0') != name.npos) {
        return refused("the certificate's common name (CN) holds a NUL");
    }
    if (name != key.text()) {
        return refused("the certificate's common name (CN) is '" + shown(name) + "', not '" +
                       key.text() + "'");
    }
    return {};
}

result<> check_thumbprint(const identity& id, const certificate_facts& leaf) {
    const authentication& known = id.authentication;
    if (!is_thumbprint_of(leaf, known.primary_thumbprint) &&
        !is_thumbprint_of(leaf, known.secondary_thumbprint)) {
        return refused("the certificate's thumbprint, " + leaf.sha1 + " (SHA-1) or " + leaf.sha256 +
                       " (SHA-256), is neither of the identity's");
    }
    return id.key.is_module() ? check_name(leaf, id.key) : result<>();
}

} // namespace

certificate_authentication::certificate_authentication(const certificate_verifier& verifier,
                                                       const certificate_authorities& authorities,
                                                       const core::clock& clock)
    : verifier_(verifier)
    , authorities_(authorities)
    , clock_(clock) {}

result<> certificate_authentication::check_authority(const identity& id,
                                                     const certificate_facts& leaf,
                                                     std::span<const std::string> chain) const {
    if (const auto named = check_name(leaf, id.key); !named) {
        return named;
    }
    if (!leaf.for_clients) {
        return refused("the certificate is not for client authentication");
    }
    const auto known = authorities_.certificates();
    if (known.empty()) {
        return refused("the hub has no certificate authority");
    }
    if (const auto verified = verifier_.verify(chain, known, clock_.now()); !verified) {
        return refused("the certificate leads to no certificate authority of the hub: " +
                       log_text(verified.error()));
    }
    return {};
}

result<timestamp> certificate_authentication::prove(const identity& id,
                                                    std::span<const std::string> chain) const {
    const authentication_type type = id.authentication.type;
    const bool self_signed = type == authentication_type::self_signed;
    if (!self_signed && type != authentication_type::certificate_authority) {
        return refused("the identity does not authenticate with certificates");
    }
    const auto leaf = verifier_.describe(chain.front());
    if (!leaf) {
        return refused("the certificate cannot be read: " + log_text(leaf.error()));
    }
    if (const auto valid = check_validity(*leaf, clock_.now()); !valid) {
        return valid.error();
    }
    const auto checked =
        self_signed ? check_thumbprint(id, *leaf) : check_authority(id, *leaf, chain);
    if (!checked) {
        return checked.error();
    }
    return leaf->not_after;
}

} // namespace iothub::core
