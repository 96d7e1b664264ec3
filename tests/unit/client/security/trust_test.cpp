#include "client/src/security/trust.hpp"

#include "support/catch.hpp"
#include "unit/client/environment_of.hpp"

using iothub::client::resolve_trust;
using iothub::test::environment_of;

TEST_CASE("without options the variables name the files to trust") {
    const auto trust = resolve_trust(
        "", "", environment_of({{"SSL_CERT_FILE", "/b"}, {"EdgeModuleCACertificateFile", "/a"}}));
    REQUIRE(trust.files.size() == 2);
    CHECK(trust.files[0].path == "/a");
    CHECK(trust.files[0].named_by == "the variable EdgeModuleCACertificateFile");
    CHECK(trust.files[1].path == "/b");
}

TEST_CASE("an option stands before the variables") {
    const auto by_file = resolve_trust("/mine", "", environment_of({{"SSL_CERT_FILE", "/b"}}));
    REQUIRE(by_file.files.size() == 1);
    CHECK(by_file.files[0].path == "/mine");
    const auto by_text = resolve_trust("", "PEM", environment_of({{"SSL_CERT_FILE", "/b"}}));
    CHECK(by_text.files.empty());
    CHECK(by_text.pem == "PEM");
}

TEST_CASE("an empty variable counts as none") {
    CHECK(resolve_trust("", "", environment_of({{"SSL_CERT_FILE", ""}})).files.empty());
    CHECK(resolve_trust("", "", environment_of({})).files.empty());
}
