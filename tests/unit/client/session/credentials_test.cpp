#include "client/src/session/credentials.hpp"

#include "common/sas_token.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;
using iothub::client_options;
using iothub::connection_string;
using iothub::sas_token;
using iothub::client::credentials;

namespace {

constexpr const char* key = "MDEyMzQ1Njc4OQ==";
const iothub::timestamp now = iothub::from_unix_seconds(1'700'000'000);

credentials of(const std::string& text, const client_options& options = {}) {
    return {*connection_string::parse(text), options};
}

std::string with_key(const std::string& rest) {
    return rest + ";SharedAccessKey=" + key;
}

} // namespace

TEST_CASE("a module says who it is in the client id and the user name") {
    client_options options;
    options.model_id = "dtmi:a:B;1";
    const auto self = of(with_key("HostName=h.net;DeviceId=d;ModuleId=m"), options);
    CHECK(self.client_id() == "d/m");
    CHECK_THAT(self.user_name(),
               Catch::StartsWith("h.net/d/m/?api-version=2021-04-12&DeviceClientType=iothub-cpp-"));
    CHECK_THAT(self.user_name(), Catch::EndsWith("&model-id=dtmi%3Aa%3AB%3B1"));
}

TEST_CASE("a device says who it is without a module") {
    const auto self = of(with_key("HostName=h.net:8884;DeviceId=d"));
    CHECK(self.client_id() == "d");
    CHECK_THAT(self.user_name(), Catch::StartsWith("h.net:8884/d/?api-version="));
    CHECK(self.server().port == 8884);
}

TEST_CASE("the password is a token for the identity, signed with its key") {
    const auto self = of(with_key("HostName=h.net:8884;DeviceId=d;ModuleId=m"));
    const auto issued = self.issue(now);
    const auto token = sas_token::parse(issued.text);
    REQUIRE(token);
    CHECK(token->resource == "h.net%3A8884%2Fdevices%2Fd%2Fmodules%2Fm");
    CHECK(token->signed_with(key));
    CHECK(token->expiry == now + 1h);
    CHECK(issued.expiry == now + 1h);
    CHECK(self.renewable());
}

TEST_CASE("a token made later is valid for as long") {
    const auto self = of(with_key("HostName=h;DeviceId=d"));
    CHECK(self.issue(now + 5h).expiry == now + 6h);
}

TEST_CASE("a policy signs with its name") {
    const auto self = of(with_key("HostName=h;DeviceId=d;SharedAccessKeyName=device"));
    CHECK(sas_token::parse(self.issue(now).text)->policy_name == "device");
}

TEST_CASE("a token is replaced after the chosen part of its life") {
    client_options options;
    options.sas_token_lifetime = 200s;
    options.sas_renewal_percent = 80;
    CHECK(of(with_key("HostName=h;DeviceId=d"), options).renew_after() == 160s);
}

TEST_CASE("a gateway is where to connect, the host name stays who to be") {
    const auto self = of(with_key("HostName=h.net;DeviceId=d;GatewayHostName=edge:1234"));
    CHECK(place(self.server()) == "edge:1234");
    CHECK_THAT(self.user_name(), Catch::StartsWith("h.net/d/?"));
    CHECK(sas_token::parse(self.issue(now).text)->resource == "h.net%2Fdevices%2Fd");
}

TEST_CASE("a ready token is sent as it is and has its own end") {
    const std::string token = *iothub::make_sas_token("h/devices/d", key, now + 10s);
    const auto self = of("HostName=h;DeviceId=d;SharedAccessSignature=" + token);
    CHECK(self.issue(now).text == token);
    CHECK(self.issue(now + 1h).expiry == now + 10s);
    CHECK_FALSE(self.renewable());
}

TEST_CASE("with a certificate there is no password") {
    client_options options;
    options.certificate_pem = "x";
    const auto self = of("HostName=h;DeviceId=d;x509=true", options);
    CHECK(self.issue(now).text.empty());
    CHECK_FALSE(self.issue(now).expiry);
}

TEST_CASE("credentials that cannot work are refused, and never repeated") {
    const auto text =
        GENERATE(as<std::string>{}, "HostName=h;SharedAccessKey=MDEy", "HostName=h;DeviceId=d",
                 "HostName=h;DeviceId=d;x509=true", "HostName=h;DeviceId=d;SharedAccessKey=secret!",
                 "HostName=h;DeviceId=d;SharedAccessSignature=secret",
                 "HostName=h;DeviceId=a/b;SharedAccessKey=MDEy",
                 "HostName=h;DeviceId=d;ModuleId=a b;SharedAccessKey=MDEy");
    try {
        of(text);
        FAIL("accepted");
    } catch (const iothub::argument_invalid& error) {
        CHECK_THAT(error.what(), !Catch::Contains("secret"));
    }
}
