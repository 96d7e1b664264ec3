#include "emulator/net/certificates/client_certificate.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <vector>

#include "emulator/net/certificates/pem.hpp"

namespace iothub::net {

namespace {

constexpr std::size_t largest_ca_text = 64 * 1024;
constexpr std::size_t longest_subject = 256;
constexpr int security_level = 2; // of OpenSSL: RSA of 2048 bits, no SHA-1 signatures

using store_ptr = std::unique_ptr<X509_STORE, openssl_free<X509_STORE_free>>;
using verification_ptr = std::unique_ptr<X509_STORE_CTX, openssl_free<X509_STORE_CTX_free>>;

error wrong(std::string what) {
    ERR_clear_error();
    return {errc::argument_invalid, std::move(what)};
}

result<certificate_ptr> parse(std::string_view der) {
    if (der.size() > largest_client_certificate)
        return wrong("it is larger than 16 KiB");
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const auto* const end = bytes + der.size();
    certificate_ptr parsed(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    if (!parsed || bytes != end)
        return wrong("it is not an X.509 certificate");
    return parsed;
}

std::string subject_of(const X509& certificate) {
    const bio_ptr out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return std::string(text, std::min(static_cast<std::size_t>(size), longest_subject));
}

std::string utf_8(const ASN1_STRING& text) {
    unsigned char* bytes = nullptr;
    const int size = ASN1_STRING_to_UTF8(&bytes, &text);
    if (size < 0)
        return {};
    std::string converted(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return converted;
}

std::vector<std::string> common_names_of(const X509& certificate) {
    const X509_NAME* subject = X509_get_subject_name(&certificate);
    std::vector<std::string> found;
    for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0;)
        found.push_back(utf_8(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
    return found;
}

std::string thumbprint_of(const X509& certificate, const EVP_MD* hash) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (X509_digest(&certificate, hash, bytes, &size) != 1)
        return {};
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += "0123456789ABCDEF"[bytes[i] >> 4];
        text += "0123456789ABCDEF"[bytes[i] & 15];
    }
    return text;
}

result<certificate_facts> facts_of(X509& certificate) {
    const auto not_before = time_of(*X509_get0_notBefore(&certificate));
    const auto not_after = time_of(*X509_get0_notAfter(&certificate));
    if (!not_before || !not_after)
        return wrong("its validity cannot be read");
    certificate_facts facts;
    facts.subject = subject_of(certificate);
    facts.common_names = common_names_of(certificate);
    facts.sha1 = thumbprint_of(certificate, EVP_sha1());
    facts.sha256 = thumbprint_of(certificate, EVP_sha256());
    facts.not_before = *not_before;
    facts.not_after = *not_after;
    facts.for_clients = X509_check_purpose(&certificate, X509_PURPOSE_SSL_CLIENT, 0) == 1;
    ERR_clear_error();
    return facts;
}

// A stack that lends out certificates of which others are the owners.
class borrowed_certificates {
public:
    explicit borrowed_certificates(std::span<const certificate_ptr> all)
        : stack_(sk_X509_new_null()) {
        for (const certificate_ptr& one : all)
            sk_X509_push(stack_, one.get());
    }
    ~borrowed_certificates() { sk_X509_free(stack_); }
    borrowed_certificates(const borrowed_certificates&) = delete;
    borrowed_certificates& operator=(const borrowed_certificates&) = delete;

    STACK_OF(X509) * get() const { return stack_; }

private:
    STACK_OF(X509) * stack_;
};

result<std::vector<certificate_ptr>> parse_chain(std::span<const std::string> chain) {
    if (chain.empty())
        return wrong("there is no certificate");
    if (chain.size() > longest_client_chain)
        return wrong("it came with more than 9 others");
    std::vector<certificate_ptr> parsed;
    for (const std::string& der : chain) {
        auto one = parse(der);
        if (!one)
            return one.error();
        parsed.push_back(std::move(*one));
    }
    return parsed;
}

void set_rules(X509_STORE_CTX& verification, timestamp at) {
    X509_STORE_CTX_set_default(&verification, "ssl_client");
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(&verification);
    X509_VERIFY_PARAM_set_time(rules, unix_seconds(at));
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_depth(rules, static_cast<int>(longest_client_chain));
    X509_VERIFY_PARAM_set_auth_level(rules, security_level);
}

error why(X509_STORE_CTX& verification) {
    std::string reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(&verification));
    const X509* judged = X509_STORE_CTX_get_current_cert(&verification);
    if (judged && X509_STORE_CTX_get_error_depth(&verification) > 0)
        reason += " (" + subject_of(*judged) + ")";
    return wrong(std::move(reason));
}

// Null trusts nobody.
result<> verify_against(std::span<const certificate_ptr> chain, X509* authority, timestamp at) {
    const store_ptr trusted(X509_STORE_new());
    const borrowed_certificates others(chain.subspan(1));
    const verification_ptr verification(X509_STORE_CTX_new());
    if (!trusted || !verification ||
        (authority && X509_STORE_add_cert(trusted.get(), authority) != 1) ||
        X509_STORE_CTX_init(verification.get(), trusted.get(), chain.front().get(), others.get()) !=
            1)
        return wrong("out of memory");
    set_rules(*verification, at);
    const bool verified = X509_verify_cert(verification.get()) == 1;
    if (!verified)
        return why(*verification);
    ERR_clear_error();
    return {};
}

// Whether a certificate of the chain has the name of `authority`, or names it as its issuer: no
// other authority can vouch for it.
bool is_named_by(std::span<const certificate_ptr> chain, const X509& authority) {
    const X509_NAME* name = X509_get_subject_name(&authority);
    return std::ranges::any_of(chain, [name](const certificate_ptr& one) {
        return X509_NAME_cmp(X509_get_issuer_name(one.get()), name) == 0 ||
               X509_NAME_cmp(X509_get_subject_name(one.get()), name) == 0;
    });
}

} // namespace

result<certificate_facts> describe_certificate(std::string_view der) {
    const auto parsed = parse(der);
    if (!parsed)
        return parsed.error();
    return facts_of(**parsed);
}

result<ca_certificate> read_ca_certificate(std::string_view pem) {
    if (pem.size() > largest_ca_text)
        return wrong("it is larger than 64 KiB");
    const auto found = read_certificates(pem);
    if (!found)
        return wrong(found.error().message);
    if (found->size() != 1)
        return wrong("it holds more than one certificate");
    X509& only = *found->front();
    if (X509_check_ca(&only) == 0)
        return wrong("it is not the certificate of a CA: it may not sign others");
    auto facts = facts_of(only);
    if (!facts)
        return facts.error();
    return ca_certificate{to_pem(only), std::move(*facts)};
}

// One authority at a time: OpenSSL takes the first of those with the issuer's name and tries no
// other, and a CA that was made anew keeps its name. The refusal that is told is that of an
// authority of the right name, where there is one.
result<> verify_client_chain(std::span<const std::string> chain,
                             std::span<const std::string> authorities, timestamp at) {
    ERR_clear_error();
    const auto certificates = parse_chain(chain);
    if (!certificates)
        return certificates.error();
    result<> refusal = verify_against(*certificates, nullptr, at);
    for (const std::string& pem : authorities) {
        const auto found = read_certificates(pem);
        if (!found)
            return found.error();
        for (const certificate_ptr& authority : *found) {
            if (!is_named_by(*certificates, *authority))
                continue;
            refusal = verify_against(*certificates, authority.get(), at);
            if (refusal)
                return refusal;
        }
    }
    return refusal;
}

} // namespace iothub::net
