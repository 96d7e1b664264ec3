#pragma once
// OpenSSL's objects with owners, its times as ours, and its error queue as text. For the sources of
// net only.

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>
#include <string>

#include "common/timestamp.hpp"

namespace iothub::net {

template <auto Free>
struct openssl_free {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};

using bio_ptr = std::unique_ptr<BIO, openssl_free<BIO_free>>;
using bignum_ptr = std::unique_ptr<BIGNUM, openssl_free<BN_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, openssl_free<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, openssl_free<X509_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, openssl_free<X509_EXTENSION_free>>;
using general_names_ptr = std::unique_ptr<GENERAL_NAMES, openssl_free<GENERAL_NAMES_free>>;
using ip_address_ptr = std::unique_ptr<ASN1_OCTET_STRING, openssl_free<ASN1_OCTET_STRING_free>>;

// The reason of the oldest error in this thread's queue ("wrong version number"), which is emptied;
// "unknown error" when there is none.
std::string take_openssl_error();

// Nothing where it holds no time.
std::optional<timestamp> time_of(const ASN1_TIME& time);

} // namespace iothub::net
