// Bearer tokens of Microsoft Entra ID (service API §5.2 rule 7).
#include "rest_world.hpp"

#include "support/bearer_tokens.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

core::hub_settings accepting() {
    core::hub_settings settings;
    settings.accept_bearer_tokens = true;
    return settings;
}

const std::string good = bearer_token(R"({"aud":"https://iothubs.azure.net","exp":1767326645})");

std::string header(const std::string& token) {
    return "Authorization: Bearer " + token + "\r\n";
}

} // namespace

TEST_CASE("bearer tokens: not accepted unless the hub is told to, and the answer says so") {
    rest_world w;
    w.add("/devices/d");
    const answer a = w.ask("GET", "/devices/d", {}, header(good));
    CHECK(a.status == 401);
    CHECK(a.code() == "IotHubUnauthorizedAccess");
    CHECK(a.document().at("Message").get<std::string>().find("--accept-bearer-tokens") !=
          std::string::npos);
    CHECK(a.body.find(good) == std::string::npos);
    CHECK_FALSE(w.log.mentions(good));
}

TEST_CASE("bearer tokens: where they are accepted, they grant back ends everything") {
    rest_world w({}, accepting());
    CHECK(w.ask("PUT", "/devices/d", "{}", header(good)).status == 200);
    CHECK(w.ask("GET", "/devices/d", {}, header(good)).status == 200);
    CHECK(w.ask("GET", "/twins/d", {}, header(good)).status == 200);
    CHECK(w.ask("GET", "/devices/d", {}, "Authorization: bearer " + good + "\r\n").status == 200);
    CHECK(w.ask("GET", "/devices/d").status == 200); // SAS tokens too
    w.clock.advance(std::chrono::hours(1));
    CHECK(w.ask("GET", "/devices/d", {}, header(good)).status == 401);
    CHECK(w.log.mentions("the bearer token has expired (exp)"));
}

TEST_CASE("bearer tokens: devices have none") {
    rest_world w({}, accepting());
    w.add("/devices/d");
    CHECK(w.ask("POST", "/devices/d/messages/events", "x", header(good)).status == 401);
}

TEST_CASE("bearer tokens: those that are wrong are refused, with the reason in the log only") {
    rest_world w({}, accepting());
    w.add("/devices/d");
    const auto [token, reason] = GENERATE(table<std::string, std::string>({
        {"abc.def.ghi", "header is no"},
        {"abc", "is no JWT"},
        {bearer_token(R"({"aud":"https://management.azure.com"})"), "is not for IoT hubs"},
        {bearer_token(R"({"aud":"iothubs.azure.net","nbf":1767326645})"), "is not valid yet"},
    }));
    INFO(token);
    const answer a = w.ask("GET", "/devices/d", {}, header(token));
    CHECK(a.status == 401);
    const json inner = json::parse(a.document().at("Message").get<std::string>());
    CHECK(inner.at("message") == "Unauthorized access");
    CHECK(w.log.mentions(reason));
}
