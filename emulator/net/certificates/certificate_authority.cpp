#include "emulator/net/certificates/certificate_authority.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <chrono>

#include "emulator/net/certificates/certificate_names.hpp"
#include "emulator/net/certificates/certificate_signing.hpp"
#include "emulator/net/certificates/pem.hpp"

namespace iothub::net {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr days ca_lifetime(3652);
constexpr days server_lifetime(825);

// Clocks of containers and virtual machines run behind now and then.
constexpr hours backdating(1);

constexpr std::size_t longest_common_name = 64;

std::string random_hex_8() {
    unsigned char bytes[4];
    require_made(RAND_bytes(bytes, sizeof bytes) == 1);
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

timestamp end_of(const X509& certificate) {
    const auto end = time_of(*X509_get0_notAfter(&certificate));
    require_made(end.has_value());
    return *end;
}

std::string common_name(const std::vector<std::string>& names) {
    const std::string first = names.empty() ? "localhost" : names.front();
    return first.size() <= longest_common_name ? first : "IoT Hub emulator";
}

std::string joined(const std::vector<std::string>& entries) {
    std::string text;
    for (const std::string& entry : entries)
        text += (text.empty() ? "" : ",") + entry;
    return text;
}

} // namespace

std::string create_private_key() {
    ERR_clear_error();
    const key_ptr key(EVP_EC_gen("P-256"));
    require_made(key != nullptr);
    return to_pem(*key);
}

result<std::string> create_ca_certificate(const std::string& key_pem, timestamp now) {
    const auto key = read_private_key(key_pem);
    if (!key)
        return key.error();
    const timestamp from = now - backdating;
    return to_pem(*sign({.common_names = {"IoT Hub emulator CA " + random_hex_8()},
                         .key = key->get(),
                         .from = from,
                         .until = from + ca_lifetime,
                         .extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                                        {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                        {NID_subject_key_identifier, "hash"},
                                        {NID_authority_key_identifier, "keyid:always"}}},
                        {.certificate = nullptr, .key = key->get()}));
}

result<std::string> create_server_certificate(const certificate_and_key& ca,
                                              const std::string& key_pem,
                                              const std::vector<std::string>& names,
                                              timestamp now) {
    const auto ca_chain = read_certificates(ca.certificate_pem);
    if (!ca_chain)
        return ca_chain.error();
    const auto ca_key = read_private_key(ca.key_pem);
    if (!ca_key)
        return ca_key.error();
    const auto key = read_private_key(key_pem);
    if (!key)
        return key.error();
    const auto alternatives = alternative_names(names);
    if (!alternatives)
        return alternatives.error();
    X509& issuer = *ca_chain->front();
    const timestamp from = now - backdating;
    const auto leaf = sign({.common_names = {common_name(names)},
                            .key = key->get(),
                            .from = from,
                            .until = std::min<timestamp>(from + server_lifetime, end_of(issuer)),
                            .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                                           {NID_key_usage, "critical,digitalSignature"},
                                           {NID_ext_key_usage, "serverAuth"},
                                           {NID_subject_alt_name, joined(*alternatives)},
                                           {NID_subject_key_identifier, "hash"},
                                           {NID_authority_key_identifier, "keyid:always"}}},
                           {.certificate = &issuer, .key = ca_key->get()});
    return to_pem(*leaf) + to_pem(issuer);
}

} // namespace iothub::net
