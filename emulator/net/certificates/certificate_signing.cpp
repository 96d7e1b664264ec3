#include "emulator/net/certificates/certificate_signing.hpp"

#include <openssl/err.h>

#include <stdexcept>

namespace iothub::net {

namespace {

void set_random_serial(X509& certificate) {
    const bignum_ptr number(BN_new());
    require_made(number && BN_rand(number.get(), 128, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
    require_made(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr);
}

void add_common_name(X509& certificate, const std::string& name) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(name.data());
    require_made(X509_NAME_add_entry_by_NID(X509_get_subject_name(&certificate), NID_commonName,
                                            MBSTRING_UTF8, bytes, static_cast<int>(name.size()), -1,
                                            0) == 1);
}

void set_validity(X509& certificate, timestamp from, timestamp until) {
    require_made(ASN1_TIME_set(X509_getm_notBefore(&certificate), unix_seconds(from)) != nullptr);
    require_made(ASN1_TIME_set(X509_getm_notAfter(&certificate), unix_seconds(until)) != nullptr);
}

void add_extension(X509& certificate, X509* issuer, const certificate_extension& wanted) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, &certificate, nullptr, nullptr, 0);
    const extension_ptr made(
        X509V3_EXT_nconf_nid(nullptr, &context, wanted.id, wanted.value.c_str()));
    require_made(made && X509_add_ext(&certificate, made.get(), -1) == 1);
}

} // namespace

void require_made(bool succeeded) {
    if (!succeeded)
        throw std::runtime_error("a certificate could not be made: " + take_openssl_error());
}

certificate_ptr sign(const certificate_request& request, const certificate_signer& by) {
    ERR_clear_error();
    certificate_ptr made(X509_new());
    require_made(made && X509_set_version(made.get(), X509_VERSION_3) == 1);
    set_random_serial(*made);
    for (const std::string& name : request.common_names)
        add_common_name(*made, name);
    set_validity(*made, request.from, request.until);
    X509* issuer = by.certificate ? by.certificate : made.get();
    require_made(X509_set_issuer_name(made.get(), X509_get_subject_name(issuer)) == 1);
    require_made(X509_set_pubkey(made.get(), request.key) == 1);
    for (const certificate_extension& wanted : request.extensions)
        add_extension(*made, issuer, wanted);
    require_made(X509_sign(made.get(), by.key, EVP_sha256()) > 0);
    return made;
}

} // namespace iothub::net
