#include "emulator/net/certificates/certificate_authority.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "emulator/net/certificates/certificate_names.hpp"
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

struct extension {
    int id;
    std::string value;
};

struct certificate_request {
    std::string common_name;
    EVP_PKEY* key;
    timestamp from;
    timestamp until;
    std::vector<extension> extensions;
};

struct signer {
    X509* certificate; // null: the certificate signs itself
    EVP_PKEY* key;
};

void require(bool succeeded) {
    if (!succeeded)
        throw std::runtime_error("a certificate could not be made: " + take_openssl_error());
}

std::string random_hex_8() {
    unsigned char bytes[4];
    require(RAND_bytes(bytes, sizeof bytes) == 1);
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

void set_random_serial(X509& certificate) {
    const bignum_ptr number(BN_new());
    require(number && BN_rand(number.get(), 128, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
    require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr);
}

void set_common_name(X509& certificate, const std::string& name) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(name.data());
    require(X509_NAME_add_entry_by_NID(X509_get_subject_name(&certificate), NID_commonName,
                                       MBSTRING_UTF8, bytes, static_cast<int>(name.size()), -1,
                                       0) == 1);
}

void set_validity(X509& certificate, timestamp from, timestamp until) {
    require(ASN1_TIME_set(X509_getm_notBefore(&certificate), unix_seconds(from)) != nullptr);
    require(ASN1_TIME_set(X509_getm_notAfter(&certificate), unix_seconds(until)) != nullptr);
}

void add_extension(X509& certificate, X509* issuer, const extension& wanted) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, &certificate, nullptr, nullptr, 0);
    const extension_ptr made(
        X509V3_EXT_nconf_nid(nullptr, &context, wanted.id, wanted.value.c_str()));
    require(made && X509_add_ext(&certificate, made.get(), -1) == 1);
}

certificate_ptr sign(const certificate_request& request, const signer& by) {
    ERR_clear_error();
    certificate_ptr made(X509_new());
    require(made && X509_set_version(made.get(), X509_VERSION_3) == 1);
    set_random_serial(*made);
    set_common_name(*made, request.common_name);
    set_validity(*made, request.from, request.until);
    X509* issuer = by.certificate ? by.certificate : made.get();
    require(X509_set_issuer_name(made.get(), X509_get_subject_name(issuer)) == 1);
    require(X509_set_pubkey(made.get(), request.key) == 1);
    for (const extension& wanted : request.extensions)
        add_extension(*made, issuer, wanted);
    require(X509_sign(made.get(), by.key, EVP_sha256()) > 0);
    return made;
}

timestamp end_of(const X509& certificate) {
    std::tm parts{};
    require(ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &parts) == 1);
    return from_unix_seconds(timegm(&parts));
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
    require(key != nullptr);
    return to_pem(*key);
}

result<std::string> create_ca_certificate(const std::string& key_pem, timestamp now) {
    const auto key = read_private_key(key_pem);
    if (!key)
        return key.error();
    const timestamp from = now - backdating;
    return to_pem(*sign({.common_name = "IoT Hub emulator CA " + random_hex_8(),
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
    const auto leaf = sign({.common_name = common_name(names),
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
