#include "client/src/security/tls_context.hpp"

#include "emulator/net/certificates/certificate_authority.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::client::client_certificate;
using iothub::client::tls_context;
using iothub::client::trust;

namespace {

const std::string& key() {
    static const std::string made = iothub::net::create_private_key();
    return made;
}

const std::string& certificate() {
    static const std::string made =
        *iothub::net::create_ca_certificate(key(), iothub::from_unix_seconds(1'700'000'000));
    return made;
}

} // namespace

TEST_CASE("trust and client certificate are taken as PEM text") {
    const client_certificate own{"", certificate(), "", key()};
    CHECK_NOTHROW(tls_context("localhost", trust{{}, certificate()}, own));
    CHECK_NOTHROW(tls_context("127.0.0.1", trust{}));
}

TEST_CASE("a file that cannot be read is named, and who named it") {
    const trust missing{{{"/no/such/file.pem", "the variable SSL_CERT_FILE"}}, ""};
    CHECK_THROWS_WITH(tls_context("localhost", missing),
                      Catch::Contains("/no/such/file.pem") && Catch::Contains("SSL_CERT_FILE"));
    CHECK_THROWS_AS(tls_context("localhost", missing), iothub::argument_invalid);
}

TEST_CASE("what is no PEM, or does not fit together, is refused") {
    CHECK_THROWS_AS(tls_context("h", trust{{}, "rubbish"}), iothub::argument_invalid);
    const client_certificate no_key{"", certificate(), "", ""};
    CHECK_THROWS_AS(tls_context("h", trust{}, no_key), iothub::argument_invalid);
    const client_certificate rubbish{"", "rubbish", "", key()};
    CHECK_THROWS_AS(tls_context("h", trust{}, rubbish), iothub::argument_invalid);
    const client_certificate bad_key{"", certificate(), "", "rubbish"};
    CHECK_THROWS_AS(tls_context("h", trust{}, bad_key), iothub::argument_invalid);
    const client_certificate other_key{"", certificate(), "", iothub::net::create_private_key()};
    CHECK_THROWS_AS(tls_context("h", trust{}, other_key), iothub::argument_invalid);
}
