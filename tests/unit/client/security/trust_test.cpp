#include "client/src/security/trust.hpp"

#include <map>

#include "support/catch.hpp"

using iothub::client::resolve_trust;

namespace {

iothub::client::environment variables(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace

TEST_CASE("without options the variables name the files to trust") {
    const auto trust = resolve_trust(
        "", "", variables({{"SSL_CERT_FILE", "/b"}, {"EdgeModuleCACertificateFile", "/a"}}));
    REQUIRE(trust.files.size() == 2);
    CHECK(trust.files[0].path == "/a");
    CHECK(trust.files[0].named_by == "the variable EdgeModuleCACertificateFile");
    CHECK(trust.files[1].path == "/b");
}

TEST_CASE("an option stands before the variables") {
    const auto by_file = resolve_trust("/mine", "", variables({{"SSL_CERT_FILE", "/b"}}));
    REQUIRE(by_file.files.size() == 1);
    CHECK(by_file.files[0].path == "/mine");
    const auto by_text = resolve_trust("", "PEM", variables({{"SSL_CERT_FILE", "/b"}}));
    CHECK(by_text.files.empty());
    CHECK(by_text.pem == "PEM");
}

TEST_CASE("an empty variable counts as none") {
    CHECK(resolve_trust("", "", variables({{"SSL_CERT_FILE", ""}})).files.empty());
    CHECK(resolve_trust("", "", variables({})).files.empty());
}
