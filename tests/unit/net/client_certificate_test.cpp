#include "emulator/net/certificates/client_certificate.hpp"

#include <openssl/err.h>

#include "support/catch.hpp"
#include "support/client_certificates.hpp"

namespace {

using namespace iothub;
using namespace iothub::net;
using test::der_chain;
using test::wish_for;
using test::wish_for_ca;
using texts = std::vector<std::string>;

const timestamp today = *parse_iso_8601("2030-05-17T12:00:00Z");
const certificate_and_key root = test::self_signed(wish_for_ca("root", today));

certificate_facts facts_of(const certificate_and_key& pair) {
    return describe_certificate(der_chain(pair.certificate_pem).front()).value();
}

std::string why_not(const std::string& chain_pem, const texts& authorities, timestamp at = today) {
    const auto verified = verify_client_chain(der_chain(chain_pem), authorities, at);
    CHECK(ERR_peek_error() == 0);
    return verified ? "" : verified.error().message;
}

} // namespace

TEST_CASE("a certificate is described") {
    const auto pair = test::signed_by(root, wish_for("d1/m1", today));
    const auto facts = facts_of(pair);
    CHECK(facts.subject == "CN=d1/m1");
    CHECK(facts.common_names == texts{"d1/m1"});
    CHECK(facts.not_before == today - std::chrono::hours(1));
    CHECK(facts.not_after == today + std::chrono::hours(24));
    CHECK(facts.for_clients);
    CHECK(facts.sha1.size() == 40);
    CHECK(facts.sha256.size() == 64);
    CHECK((facts.sha1 + facts.sha256).find_first_not_of("0123456789ABCDEF") == std::string::npos);
}

TEST_CASE("thumbprints are those that everybody computes") {
    // `openssl x509 -fingerprint` of a certificate that was made once; its key is gone.
    const auto facts = describe_certificate(der_chain(R"(-----BEGIN CERTIFICATE-----
MIIBcDCCARWgAwIBAgIUXFSVkl4L5u2jidtrYhkFATMRWv8wCgYIKoZIzj0EAwIw
DTELMAkGA1UEAwwCZDEwHhcNMjYxMTIzMDU0NTQzWhcNMzYxMTIwMDU0NTQzWjAN
MQswCQYDVQQDDAJkMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKF0kMbh1f4o
vtNIOVRHyTqe4px0wOHa3PewE/w08n8Jc+SuNR/MbppVrc79+1I4PngMXJrPRVIs
KUQ2kljVwUijUzBRMB0GA1UdDgQWBBTWKZ/3gV9JnUS1LNgVd6hR2A9dlTAfBgNV
HSMEGDAWgBTWKZ/3gV9JnUS1LNgVd6hR2A9dlTAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0kAMEYCIQCffDc8YigRowwGltG9rSKzDFy9dUQ/sp0ZDGvL6Tlm
3QIhANdPMvprmwJzoX4CEC3Gof/5X1p1hSW78IRjJG7rz/81
-----END CERTIFICATE-----
)")
                                                .front())
                           .value();
    CHECK(facts.sha1 == "03F5BA4EB68AD3BECCF04411F565AF6E2E4EACAA");
    CHECK(facts.sha256 == "C301CADEF8E3E50EA864E2CAC18CB9F8D35F8B582DF96F0F27FAE444EA48388C");
}

TEST_CASE("every common name is told, byte for byte") {
    auto wish = wish_for("", today);
    wish.common_names = GENERATE(texts{}, texts{"a", "b"}, texts{std::string("d1\0x", 4)},
                                 texts{"d\xc3\xa4"}, texts{"d1\n/m1"});
    const auto facts = facts_of(test::self_signed(wish));
    CHECK(facts.common_names == wish.common_names);
    CHECK(facts.subject.find_first_of(std::string("\n\0\xc3", 3)) == std::string::npos);
}

TEST_CASE("purposes count where a certificate names them") {
    const auto [purpose, for_clients] =
        GENERATE(table<std::string, bool>({{"clientAuth", true},
                                           {"serverAuth,clientAuth", true},
                                           {"", true},
                                           {"serverAuth", false}}));
    auto wish = wish_for("d1", today);
    wish.purpose = purpose;
    CAPTURE(purpose);
    CHECK(facts_of(test::self_signed(wish)).for_clients == for_clients);
}

TEST_CASE("what is no certificate is not described") {
    const std::string der = der_chain(root.certificate_pem).front();
    for (const std::string& bytes : {std::string(), std::string("rubbish"), der + "x",
                                     der.substr(0, der.size() - 1), root.certificate_pem}) {
        CHECK(describe_certificate(bytes).error().message == "it is not an X.509 certificate");
        CHECK(ERR_peek_error() == 0);
    }
    CHECK(describe_certificate(std::string(largest_client_certificate + 1, '0')).error().message ==
          "it is larger than 16 KiB");
}

TEST_CASE("a CA's certificate is taken out of what surrounds it") {
    const auto read = read_ca_certificate("a comment\n" + root.key_pem + root.certificate_pem);
    REQUIRE(read);
    CHECK(read->pem == root.certificate_pem);
    CHECK(read->facts.subject == "CN=root");
    CHECK(read->facts.sha1 == facts_of(root).sha1);
}

TEST_CASE("what is not one CA's certificate is refused") {
    const auto leaf = test::signed_by(root, wish_for("d1", today));
    const auto [pem, reason] = GENERATE_COPY(table<std::string, std::string>({
        {"", "no certificate"},
        {root.key_pem, "no certificate"},
        {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged certificate"},
        {root.certificate_pem + root.certificate_pem, "more than one"},
        {leaf.certificate_pem, "not the certificate of a CA"},
        {std::string(64 * 1024 + 1, ' '), "larger than 64 KiB"},
    }));
    const auto read = read_ca_certificate(pem);
    REQUIRE_FALSE(read);
    CHECK_THAT(read.error().message, Catch::Contains(reason));
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("a chain leads to its authority, with or without others beside it") {
    const auto leaf = test::signed_by(root, wish_for("d1", today));
    const auto stranger = test::self_signed(wish_for_ca("stranger", today));
    CHECK(why_not(leaf.certificate_pem, {root.certificate_pem}) == "");
    CHECK(why_not(leaf.certificate_pem, {stranger.certificate_pem, root.certificate_pem}) == "");
    CHECK(why_not(leaf.certificate_pem + stranger.certificate_pem, {root.certificate_pem}) == "");
    CHECK(why_not(leaf.certificate_pem, {stranger.certificate_pem}) ==
          "unable to get local issuer certificate");
    CHECK(why_not(leaf.certificate_pem, {}) == "unable to get local issuer certificate");
}

TEST_CASE("a CA of the same name with another key is a stranger") {
    const auto leaf = test::signed_by(root, wish_for("d1", today));
    const auto namesake = test::self_signed(wish_for_ca("root", today));
    CHECK_FALSE(why_not(leaf.certificate_pem, {namesake.certificate_pem}).empty());
    CHECK_FALSE(
        why_not(leaf.certificate_pem + root.certificate_pem, {namesake.certificate_pem}).empty());
}

TEST_CASE("of several CAs with one name, the one that signed is found") {
    const auto renewed = test::self_signed(wish_for_ca("root", today));
    const auto older = test::self_signed(wish_for_ca("root", today));
    const auto leaf = test::signed_by(renewed, wish_for("d1", today)).certificate_pem;
    CHECK(why_not(leaf, {older.certificate_pem, renewed.certificate_pem}) == "");
    CHECK(why_not(leaf, {renewed.certificate_pem, older.certificate_pem}) == "");
}

TEST_CASE("what the client sends vouches for nobody by itself") {
    const auto leaf = test::signed_by(root, wish_for("d1", today));
    const auto stranger = test::self_signed(wish_for_ca("stranger", today));
    CHECK_FALSE(
        why_not(leaf.certificate_pem + root.certificate_pem, {stranger.certificate_pem}).empty());
    const auto alone = test::self_signed(wish_for("d1", today));
    CHECK_FALSE(why_not(alone.certificate_pem, {root.certificate_pem}).empty());
}

TEST_CASE("intermediates that the client sends lead to the root, or are roots themselves") {
    const auto upper = test::signed_by(root, wish_for_ca("upper", today));
    const auto lower = test::signed_by(upper, wish_for_ca("lower", today));
    const auto leaf = test::signed_by(lower, wish_for("d1", today)).certificate_pem;
    const std::string both = lower.certificate_pem + upper.certificate_pem;
    CHECK(why_not(leaf + both, {root.certificate_pem}) == "");
    CHECK(why_not(leaf + upper.certificate_pem + lower.certificate_pem, {root.certificate_pem}) ==
          "");
    CHECK(why_not(leaf, {lower.certificate_pem}) == "");
    CHECK(why_not(leaf + lower.certificate_pem, {upper.certificate_pem}) == "");
    CHECK_FALSE(why_not(leaf + upper.certificate_pem, {root.certificate_pem}).empty());
}

TEST_CASE("a device's certificate vouches for nobody") {
    const auto device = test::signed_by(root, wish_for("d1", today));
    const auto forged = test::signed_by(device, wish_for("d2", today));
    CHECK_THAT(why_not(forged.certificate_pem + device.certificate_pem, {root.certificate_pem}),
               Catch::StartsWith("invalid CA certificate") && Catch::Contains("CN=d1"));
}

TEST_CASE("every certificate of the path is valid at that time") {
    auto short_lived = wish_for_ca("lower", today);
    short_lived.until = today + std::chrono::minutes(1);
    const auto lower = test::signed_by(root, short_lived);
    const auto leaf = test::signed_by(lower, wish_for("d1", today));
    const std::string chain = leaf.certificate_pem + lower.certificate_pem;
    const texts trusted{root.certificate_pem};
    CHECK(why_not(chain, trusted) == "");
    CHECK(why_not(chain, trusted, today + std::chrono::hours(2)) ==
          "certificate has expired (CN=lower)");
    CHECK_THAT(why_not(chain, trusted, today - std::chrono::hours(2)),
               Catch::StartsWith("certificate is not yet valid"));
    CHECK(why_not(leaf.certificate_pem, {lower.certificate_pem}, today + std::chrono::hours(2)) ==
          "certificate has expired (CN=lower)");
}

TEST_CASE("a path is for clients") {
    auto for_servers = wish_for("d1", today);
    for_servers.purpose = "serverAuth";
    const auto server = test::signed_by(root, for_servers);
    CHECK_FALSE(why_not(server.certificate_pem, {root.certificate_pem}).empty());
    auto for_servers_only = wish_for_ca("lower", today);
    for_servers_only.purpose = "serverAuth";
    const auto lower = test::signed_by(root, for_servers_only);
    const auto leaf = test::signed_by(lower, wish_for("d1", today));
    CHECK_FALSE(
        why_not(leaf.certificate_pem + lower.certificate_pem, {root.certificate_pem}).empty());
}

TEST_CASE("a chain that is empty, too long or damaged is refused") {
    const texts trusted{root.certificate_pem};
    const auto leaf = der_chain(test::signed_by(root, wish_for("d1", today)).certificate_pem);
    CHECK_FALSE(verify_client_chain({}, trusted, today));
    texts chain(longest_client_chain, leaf.front());
    CHECK(verify_client_chain(chain, trusted, today));
    chain.push_back(leaf.front());
    CHECK_FALSE(verify_client_chain(chain, trusted, today));
    chain.resize(2);
    chain.back() = "rubbish";
    CHECK_FALSE(verify_client_chain(chain, trusted, today));
    CHECK_FALSE(verify_client_chain(leaf, texts{"rubbish"}, today));
}
