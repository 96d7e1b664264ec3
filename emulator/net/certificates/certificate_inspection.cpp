#include "emulator/net/certificates/certificate_inspection.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <chrono>

#include "emulator/net/certificates/certificate_names.hpp"
#include "emulator/net/certificates/pem.hpp"

namespace iothub::net {

namespace {

constexpr std::chrono::days renewal_time(30);

} // namespace

result<> check_pair(const certificate_and_key& pair) {
    const auto chain = read_certificates(pair.certificate_pem);
    if (!chain)
        return chain.error();
    const auto key = read_private_key(pair.key_pem);
    if (!key)
        return key.error();
    const bool match = X509_check_private_key(chain->front().get(), key->get()) == 1;
    ERR_clear_error();
    if (!match)
        return error{errc::server_error, "the private key is not that of the certificate", {}};
    return {};
}

result<> check_private_key(const std::string& key_pem) {
    if (const auto key = read_private_key(key_pem); !key)
        return key.error();
    return {};
}

result<timestamp> expiry_of(const std::string& certificate_pem) {
    const auto chain = read_certificates(certificate_pem);
    if (!chain)
        return chain.error();
    const auto end = time_of(*X509_get0_notAfter(chain->front().get()));
    if (!end)
        return error{errc::server_error, "the certificate's end cannot be read", {}};
    return *end;
}

result<bool> covers(const std::string& certificate_pem, const std::vector<std::string>& names) {
    const auto chain = read_certificates(certificate_pem);
    if (!chain)
        return chain.error();
    const auto wanted = alternative_names(names);
    if (!wanted)
        return wanted.error();
    const auto held = alternative_names(*chain->front());
    return std::all_of(wanted->begin(), wanted->end(),
                       [&](const std::string& name) { return held.count(name) == 1; });
}

result<bool> issued_by(const std::string& certificate_pem, const std::string& ca_pem) {
    const auto chain = read_certificates(certificate_pem);
    if (!chain)
        return chain.error();
    const auto ca = read_certificates(ca_pem);
    if (!ca)
        return ca.error();
    X509* issuer = ca->front().get();
    const bool issued = X509_check_issued(issuer, chain->front().get()) == X509_V_OK &&
                        X509_verify(chain->front().get(), X509_get0_pubkey(issuer)) == 1;
    ERR_clear_error();
    return issued;
}

std::optional<std::string> why_renewal_is_needed(const std::string& certificate_pem,
                                                 const std::string& ca_pem,
                                                 const std::vector<std::string>& names,
                                                 timestamp now) {
    const auto end = expiry_of(certificate_pem);
    if (!end)
        return end.error().message;
    if (now >= *end)
        return "it expired on " + iso_8601(*end);
    if (now + renewal_time >= *end)
        return "it expires on " + iso_8601(*end);
    if (const auto issued = issued_by(certificate_pem, ca_pem); !issued || !*issued)
        return "it was not issued by this CA";
    if (const auto covered = covers(certificate_pem, names); covered && !*covered)
        return "it does not cover every host name";
    return std::nullopt;
}

} // namespace iothub::net
