#pragma once
// Certificates as devices, modules and their authorities have them, sound or not, made when a test
// needs them.

#include <string>
#include <utility>
#include <vector>

#include "emulator/net/certificates/certificate_authority.hpp"
#include "emulator/net/certificates/certificate_signing.hpp"
#include "emulator/net/certificates/pem.hpp"

namespace iothub::test {

struct certificate_wish {
    std::vector<std::string> common_names;
    timestamp from;
    timestamp until;
    std::string purpose = "clientAuth"; // the extended key usage; empty: none is named
    bool ca = false;
};

// Valid from an hour ago until tomorrow.
inline certificate_wish wish_for(std::string common_name, timestamp now) {
    return {{std::move(common_name)}, now - std::chrono::hours(1), now + std::chrono::hours(24)};
}

inline certificate_wish wish_for_ca(std::string common_name, timestamp now) {
    certificate_wish wish = wish_for(std::move(common_name), now);
    wish.purpose.clear();
    wish.ca = true;
    return wish;
}

inline net::certificate_request request_of(const certificate_wish& wish, EVP_PKEY* key) {
    net::certificate_request request{wish.common_names, key, wish.from, wish.until, {}};
    request.extensions.push_back(
        {NID_basic_constraints, wish.ca ? "critical,CA:TRUE" : "critical,CA:FALSE"});
    if (!wish.purpose.empty()) {
        request.extensions.push_back({NID_ext_key_usage, wish.purpose});
    }
    return request;
}

inline net::certificate_and_key self_signed(const certificate_wish& wish) {
    const auto key = net::read_private_key(net::create_private_key()).value();
    const auto made = net::sign(request_of(wish, key.get()), {nullptr, key.get()});
    return {net::to_pem(*made), net::to_pem(*key)};
}

inline net::certificate_and_key signed_by(const net::certificate_and_key& ca,
                                          const certificate_wish& wish) {
    const auto issuer = net::read_certificates(ca.certificate_pem).value();
    const auto issuer_key = net::read_private_key(ca.key_pem).value();
    const auto key = net::read_private_key(net::create_private_key()).value();
    const auto made =
        net::sign(request_of(wish, key.get()), {issuer.front().get(), issuer_key.get()});
    return {net::to_pem(*made), net::to_pem(*key)};
}

// Each certificate of the text in DER, as TLS hands them over.
inline std::vector<std::string> der_chain(const std::string& pem) {
    std::vector<std::string> chain;
    for (const auto& certificate : net::read_certificates(pem).value()) {
        unsigned char* bytes = nullptr;
        const int size = i2d_X509(certificate.get(), &bytes);
        chain.emplace_back(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
        OPENSSL_free(bytes);
    }
    return chain;
}

} // namespace iothub::test
