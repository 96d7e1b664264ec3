#include "emulator/core/security/bearer_token.hpp"

#include "support/bearer_tokens.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace iothub;
using test::bearer_token;

namespace {

const std::string hubs = R"("aud":"https://iothubs.azure.net")";

std::string refusal(const std::string& token) {
    const auto checked = core::check_bearer_token(token, test::manual_clock().now());
    if (checked) {
        return "none";
    }
    CHECK(checked.error().code == errc::unauthorized_access);
    CHECK(checked.error().message == "Unauthorized access");
    return checked.error().detail;
}

} // namespace

TEST_CASE("the scheme of a bearer token, in any case", "[security]") {
    CHECK(core::bearer_token_in("Bearer a.b.c") == "a.b.c");
    CHECK(core::bearer_token_in("bearer x") == "x");
    CHECK(core::bearer_token_in("BEARER ") == "");
    CHECK_FALSE(core::bearer_token_in("Bearer"));
    CHECK_FALSE(core::bearer_token_in("Bearerx y"));
    CHECK_FALSE(core::bearer_token_in("SharedAccessSignature sr=x"));
    CHECK_FALSE(core::bearer_token_in(""));
}

TEST_CASE("bearer tokens that are good", "[security]") {
    const std::string payload = GENERATE(
        R"({"aud":"https://iothubs.azure.net"})", R"({"aud":"iothubs.azure.net"})",
        R"({"aud":["other","https://iothubs.azure.net"]})",
        R"({"aud":"iothubs.azure.net","exp":1767323046,"nbf":1767323045})",
        R"({"aud":"iothubs.azure.net","exp":1767323045.5})",
        R"({"aud":"iothubs.azure.net","exp":1e300,"nbf":-1})",
        R"({"aud":"iothubs.azure.net","exp":null,"oid":"ä?>","scp":"user_impersonation"})");
    INFO(payload);
    CHECK(refusal(bearer_token(payload)) == "none");
}

TEST_CASE("a signature is not looked at, and may be missing", "[security]") {
    const std::string token = bearer_token("{" + hubs + "}");
    CHECK(refusal(token.substr(0, token.rfind('.') + 1)) == "none");
    CHECK(refusal(token.substr(0, token.rfind('.') + 1) + "-_A") == "none");
}

TEST_CASE("bearer tokens that are for others, or not for now", "[security]") {
    const auto [payload, reason] = GENERATE(table<std::string, std::string>({
        {"{}", "aud"},
        {R"({"aud":null})", "aud"},
        {R"({"aud":5})", "aud"},
        {R"({"aud":[]})", "aud"},
        {R"({"aud":[5,null]})", "aud"},
        {R"({"aud":"https://management.azure.com"})", "aud"},
        {R"({"aud":"https://iothubs.azure.net.evil"})", "aud"},
        {R"({"aud":"iothubs.azure.net","exp":1767323045})", "exp"},
        {R"({"aud":"iothubs.azure.net","exp":0})", "exp"},
        {R"({"aud":"iothubs.azure.net","exp":"1767329999"})", "exp"},
        {R"({"aud":"iothubs.azure.net","exp":true})", "exp"},
        {R"({"aud":"iothubs.azure.net","nbf":1767323046})", "nbf"},
        {R"({"aud":"iothubs.azure.net","nbf":{}})", "nbf"},
        {"[]", "payload"},
        {"{", "payload"},
        {"", "payload"},
    }));
    INFO(payload);
    CHECK(refusal(bearer_token(payload)).find(reason) != std::string::npos);
}

TEST_CASE("what is no bearer token", "[security]") {
    const std::string good = bearer_token("{" + hubs + "}");
    const std::string header = good.substr(0, good.find('.'));
    for (const std::string& token :
         {std::string(), std::string("."), std::string(".."), std::string("abc.def.ghi"),
          std::string("abc"), header, header + ".", good.substr(0, good.rfind('.')), good + ".x",
          good + "=", good + "+", good + " ", "x" + good,
          bearer_token("{" + hubs + R"(,"x":")" + std::string(17'000, 'x') + "\"}"),
          bearer_token("{" + hubs + "}", "[]"), bearer_token("{" + hubs + "}", "none")}) {
        INFO(token.substr(0, 100));
        CHECK(refusal(token) != "none");
    }
}
