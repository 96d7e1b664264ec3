#include "emulator/net/certificates/certificate_inspection.hpp"

#include "emulator/net/certificates/certificate_authority.hpp"
#include "support/catch.hpp"

namespace {

using namespace iothub;
using namespace iothub::net;
using std::chrono::days;

const timestamp today = *parse_iso_8601("2030-05-17T12:00:00Z");

struct hub {
    certificate_and_key ca;
    certificate_and_key server;

    explicit hub(const std::vector<std::string>& names = {"hub.example", "10.0.0.7"}) {
        ca.key_pem = create_private_key();
        ca.certificate_pem = create_ca_certificate(ca.key_pem, today).value();
        server.key_pem = create_private_key();
        server.certificate_pem =
            create_server_certificate(ca, server.key_pem, names, today).value();
    }

    std::string why(const std::vector<std::string>& names, timestamp now) const {
        return why_renewal_is_needed(server.certificate_pem, ca.certificate_pem, names, now)
            .value_or("");
    }
};

} // namespace

TEST_CASE("a pair is good when the key is the certificate's") {
    const hub one;
    const hub other;
    CHECK(check_pair(one.server).has_value());
    CHECK(check_pair(one.ca).has_value());
    const auto mixed = check_pair({one.server.certificate_pem, other.server.key_pem});
    REQUIRE(mixed.has_error());
    CHECK(mixed.error().message == "the private key is not that of the certificate");
    CHECK(check_pair({"", one.server.key_pem}).error().message == "no certificate in PEM format");
    CHECK(check_pair({one.server.certificate_pem, "x"})
              .error()
              .message.rfind("no readable private key", 0) == 0);
    CHECK(check_private_key(one.ca.key_pem).has_value());
    CHECK(check_private_key(one.ca.certificate_pem).has_error());
}

TEST_CASE("covered names are compared without regard to case or spelling of addresses") {
    const hub one({"Hub.Example", "fe80:0:0::1"});
    CHECK(covers(one.server.certificate_pem, {"hub.EXAMPLE", "fe80::1", "::1"}).value());
    CHECK(covers(one.server.certificate_pem, {}).value());
    CHECK_FALSE(covers(one.server.certificate_pem, {"example"}).value());
    CHECK_FALSE(covers(one.server.certificate_pem, {"127.0.0.2"}).value());
    CHECK_FALSE(covers(one.ca.certificate_pem, {}).value());
}

TEST_CASE("a certificate is its CA's only when the CA's key signed it") {
    const hub one;
    const hub other;
    CHECK(issued_by(one.server.certificate_pem, one.ca.certificate_pem).value());
    CHECK_FALSE(issued_by(one.server.certificate_pem, other.ca.certificate_pem).value());
    CHECK(issued_by(one.server.certificate_pem, "damaged").has_error());
}

TEST_CASE("a server certificate is renewed for one of four reasons") {
    const hub one;
    CHECK(one.why({"hub.example"}, today).empty());
    CHECK(one.why({}, today + days(794)).empty());
    CHECK(one.why({"new.example"}, today) == "it does not cover every host name");
    CHECK(one.why({}, today + days(795)) == "it expires on 2032-08-19T11:00:00Z");
    CHECK(one.why({}, today + days(825)) == "it expired on 2032-08-19T11:00:00Z");
    CHECK(why_renewal_is_needed(one.server.certificate_pem, hub().ca.certificate_pem, {}, today) ==
          "it was not issued by this CA");
    CHECK(why_renewal_is_needed("damaged", one.ca.certificate_pem, {}, today) ==
          "no certificate in PEM format");
}
