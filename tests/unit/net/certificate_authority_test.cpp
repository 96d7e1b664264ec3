#include "emulator/net/certificates/certificate_authority.hpp"

#include <algorithm>

#include "emulator/net/certificates/certificate_inspection.hpp"
#include "emulator/net/certificates/certificate_names.hpp"
#include "emulator/net/certificates/pem.hpp"
#include "support/catch.hpp"

namespace {

using namespace iothub;
using namespace iothub::net;
using std::chrono::days;
using std::chrono::hours;

const timestamp today = *parse_iso_8601("2030-05-17T12:00:00Z");

certificate_and_key new_ca() {
    const std::string key = create_private_key();
    return {create_ca_certificate(key, today).value(), key};
}

certificate_ptr first_of(const std::string& pem) {
    return std::move(read_certificates(pem).value().front());
}

std::string common_name_of(const X509& certificate) {
    char text[100] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), NID_commonName, text,
                              sizeof text);
    return text;
}

// Verifies as a TLS client does: chain, purpose, host name and time.
bool client_trusts(const std::string& server_pem, const std::string& ca_pem,
                   const std::string& host, timestamp at) {
    const auto leaf = first_of(server_pem);
    const auto root = first_of(ca_pem);
    const std::unique_ptr<X509_STORE, openssl_free<X509_STORE_free>> trusted(X509_STORE_new());
    X509_STORE_add_cert(trusted.get(), root.get());
    const std::unique_ptr<X509_STORE_CTX, openssl_free<X509_STORE_CTX_free>> check(
        X509_STORE_CTX_new());
    X509_STORE_CTX_init(check.get(), trusted.get(), leaf.get(), nullptr);
    X509_STORE_CTX_set_default(check.get(), "ssl_server");
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(check.get());
    X509_VERIFY_PARAM_set_time(rules, unix_seconds(at));
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) != 1)
        X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
    return X509_verify_cert(check.get()) == 1;
}

} // namespace

TEST_CASE("a new CA may sign certificates and nothing else, for ten years") {
    const auto pem = new_ca().certificate_pem;
    const auto ca = first_of(pem);
    CHECK(X509_check_ca(ca.get()) == 1);
    CHECK(X509_get_key_usage(ca.get()) == (KU_KEY_CERT_SIGN | KU_CRL_SIGN));
    CHECK(X509_EXTENSION_get_critical(X509_get_ext(
              ca.get(), X509_get_ext_by_NID(ca.get(), NID_basic_constraints, -1))) == 1);
    CHECK(EVP_PKEY_get_base_id(X509_get0_pubkey(ca.get())) == EVP_PKEY_EC);
    CHECK(X509_verify(ca.get(), X509_get0_pubkey(ca.get())) == 1);
    CHECK(expiry_of(pem).value() == today + days(3652) - hours(1));
}

TEST_CASE("two CAs have names of their own") {
    const auto one = common_name_of(*first_of(new_ca().certificate_pem));
    const auto two = common_name_of(*first_of(new_ca().certificate_pem));
    CHECK(one.size() == std::string("IoT Hub emulator CA 01234567").size());
    CHECK(one.rfind("IoT Hub emulator CA ", 0) == 0);
    CHECK(one != two);
}

TEST_CASE("clients that trust the CA trust its server certificate") {
    const auto ca = new_ca();
    const auto pem =
        create_server_certificate(ca, create_private_key(), {"Hub.Example", "10.0.0.7"}, today)
            .value();
    for (const char* host : {"hub.example", "10.0.0.7", "localhost", "127.0.0.1", "::1"}) {
        CAPTURE(host);
        CHECK(client_trusts(pem, ca.certificate_pem, host, today));
    }
    CHECK_FALSE(client_trusts(pem, ca.certificate_pem, "other.example", today));
    CHECK_FALSE(client_trusts(pem, ca.certificate_pem, "10.0.0.8", today));
    CHECK_FALSE(client_trusts(pem, ca.certificate_pem, "localhost", today + days(825)));
    CHECK_FALSE(client_trusts(pem, ca.certificate_pem, "localhost", today - hours(2)));
    CHECK_FALSE(client_trusts(pem, new_ca().certificate_pem, "localhost", today));
}

TEST_CASE("a server certificate carries its CA, its first name and a serial of its own") {
    const auto ca = new_ca();
    const std::string key = create_private_key();
    const auto pem = create_server_certificate(ca, key, {"hub.example", "b"}, today).value();
    const auto chain = read_certificates(pem).value();
    REQUIRE(chain.size() == 2);
    CHECK(to_pem(*chain[1]) == ca.certificate_pem);
    const X509& leaf = *chain[0];
    CHECK(common_name_of(leaf) == "hub.example");
    CHECK(X509_get_key_usage(chain[0].get()) == KU_DIGITAL_SIGNATURE);
    CHECK(X509_get_extended_key_usage(chain[0].get()) == XKU_SSL_SERVER);
    CHECK(X509_get0_subject_key_id(chain[0].get()) != nullptr);
    CHECK(X509_get0_authority_key_id(chain[0].get()) != nullptr);

    const auto again = create_server_certificate(ca, key, {"hub.example"}, today).value();
    CHECK(ASN1_INTEGER_cmp(X509_get0_serialNumber(&leaf),
                           X509_get0_serialNumber(first_of(again).get())) != 0);
}

TEST_CASE("without names a server certificate is for this machine") {
    const auto ca = new_ca();
    const auto pem = create_server_certificate(ca, create_private_key(), {}, today).value();
    CHECK(common_name_of(*first_of(pem)) == "localhost");
    CHECK(alternative_names(*first_of(pem)) ==
          std::set<std::string>{"DNS:localhost", "IP:127.0.0.1", "IP:::1"});
}

TEST_CASE("a name too long for a subject is still covered") {
    const auto ca = new_ca();
    const std::string name = std::string(60, 'a') + ".example";
    const auto pem = create_server_certificate(ca, create_private_key(), {name}, today).value();
    CHECK(client_trusts(pem, ca.certificate_pem, name, today));
}

TEST_CASE("a server certificate does not outlive its CA") {
    const auto ca = new_ca();
    const auto later = today + days(3600);
    const auto pem = create_server_certificate(ca, create_private_key(), {}, later).value();
    CHECK(expiry_of(pem).value() == expiry_of(ca.certificate_pem).value());
}

TEST_CASE("names that are neither host names nor addresses are refused") {
    const auto ca = new_ca();
    const std::string nul("a\0b", 3);
    for (const std::string& name : {std::string(), std::string("a,DNS:b"), std::string("a b"), nul,
                                    std::string("ü"), std::string(254, 'a')}) {
        CAPTURE(name);
        const auto made = create_server_certificate(ca, create_private_key(), {name}, today);
        REQUIRE(made.has_error());
        CHECK(made.error().code == errc::argument_invalid);
    }
}

TEST_CASE("damaged PEM is an error and not a crash") {
    const auto ca = new_ca();
    const std::string key = create_private_key();
    std::string bent = ca.certificate_pem;
    bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : '!';
    for (const std::string& certificate : {std::string(), std::string("hello"), bent, key}) {
        CAPTURE(certificate);
        CHECK(create_server_certificate({certificate, ca.key_pem}, key, {}, today).has_error());
    }
    const std::string half_key = key.substr(0, key.size() / 2);
    CHECK(create_server_certificate({ca.certificate_pem, half_key}, key, {}, today).has_error());
    CHECK(create_server_certificate(ca, half_key, {}, today).has_error());
    CHECK(create_ca_certificate(half_key, today).has_error());
}
