#include "rest_world.hpp"

#include "support/catch.hpp"

#include "common/sas_token.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

const std::string owner_key = core::published_policies().front().primary_key;

std::string authorization(const std::string& value) {
    return "Authorization: " + value + "\r\n";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

// What follows `name=` in a token.
std::string field_of(const std::string& token, const std::string& name) {
    const std::size_t begin = token.find(name + "=") + name.size() + 1;
    return token.substr(begin, token.find('&', begin) - begin);
}

answer ask_with(rest_world& w, const std::string& token) {
    return w.ask("GET", "/devices/d", {}, authorization(token));
}

// A token that is signed, with this text as its expiry.
std::string with_expiry(const std::string& se) {
    return replaced(token_of("iothubowner"), "se=" + field_of(token_of("iothubowner"), "se"),
                    "se=" + se);
}

} // namespace

TEST_CASE("authentication: every refusal has one body, and the log knows the reason") {
    rest_world w;
    w.add("/devices/d");
    const std::string good = token_of("iothubowner");
    const std::string device_key =
        w.ask("GET", "/devices/d").document()["authentication"]["symmetricKey"]["primaryKey"];
    const timestamp later = w.clock.now() + std::chrono::hours(1);
    const std::vector<std::string> tokens{
        "nonsense",
        "Basic aTpw",
        "SharedAccessSignature",
        "SharedAccessSignature ",
        "SharedAccessSignature sr=localhost",
        replaced(good, "skn=iothubowner", "skn=nobody"),
        replaced(good, "&skn=iothubowner", ""),
        replaced(good, "sr=localhost", "sr=otherhost"),
        replaced(good, field_of(good, "sig"), "AAAA"),
        replaced(good, field_of(good, "sig"), field_of(good, "sig").substr(0, 20)),
        replaced(good, field_of(good, "sig"), "%21%21not-base64%21%21"),
        replaced(good, "&se=" + field_of(good, "se"), ""),
        good + "&se=" + field_of(good, "se"),
        with_expiry("soon"),
        with_expiry("-1"),
        with_expiry(""),
        with_expiry("9223372036854775808"),
        make_sas_token("localhost", owner_key, w.clock.now(), "iothubowner").value(),
        make_sas_token("localhost", device_key, later, "iothubowner").value(),
        make_sas_token("localhost/devices/d", device_key, later).value(),
        make_sas_token("localhost/devices/e", owner_key, later, "iothubowner").value(),
        make_sas_token("localhost/../devices", owner_key, later, "iothubowner").value(),
        token_of("device"),
        token_of("service"),
    };
    for (const std::string& token : tokens) {
        INFO(token);
        w.log.clear();
        const answer refused = ask_with(w, token);
        CHECK(refused.status == 401);
        CHECK(refused.code() == "IotHubUnauthorizedAccess");
        CHECK(refused.header("WWW-Authenticate") == "SharedAccessSignature");
        CHECK(refused.document()["ExceptionMessage"] == "");
        const json inner = json::parse(refused.document()["Message"].get<std::string>());
        CHECK(inner["errorCode"] == 401002);
        CHECK(inner["message"] == "Unauthorized access");
        REQUIRE(w.log.lines().size() == 1);
        CHECK(w.log.last().starts_with(
            "127.0.0.1:50000 GET /devices/d: 401 IotHubUnauthorizedAccess: "));
        CHECK_FALSE(w.log.mentions(field_of(good, "sig")));
    }
}

TEST_CASE("authentication: no header has a code of its own, two are refused") {
    rest_world w;
    const auto missing = read_answers(
        w.exchange("GET /devices/d?api-version=2021-04-12 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    REQUIRE(missing.size() == 1);
    CHECK(missing[0].status == 401);
    CHECK(missing[0].code() == "IotHubUnauthorized");
    CHECK(w.ask("GET", "/devices/d", {}, authorization("")).code() == "IotHubUnauthorized");
    const std::string twice = authorization(token_of("iothubowner"));
    CHECK(w.ask("GET", "/devices/d", {}, twice + twice).code() == "IotHubUnauthorizedAccess");
}

TEST_CASE("authentication: each policy may do what it is for") {
    struct may {
        const char* policy;
        bool read;
        bool write;
        bool twins;
    };
    const auto rule = GENERATE(values<may>({{"iothubowner", true, true, true},
                                            {"service", false, false, true},
                                            {"device", false, false, false},
                                            {"registryRead", true, false, false},
                                            {"registryReadWrite", true, true, false}}));
    rest_world w;
    w.add("/devices/d");
    const std::string header = authorization(token_of(rule.policy));
    INFO(rule.policy);
    CHECK(w.ask("GET", "/devices/d", {}, header).status == (rule.read ? 200 : 401));
    CHECK(w.ask("GET", "/devices", {}, header).status == (rule.read ? 200 : 401));
    CHECK(w.ask("GET", "/devices/d/modules", {}, header).status == (rule.read ? 200 : 401));
    CHECK(w.ask("PUT", "/devices/n", "{}", header).status == (rule.write ? 200 : 401));
    CHECK(w.ask("DELETE", "/devices/d", {}, header + "If-Match: *\r\n").status ==
          (rule.write ? 204 : 401));
    CHECK(w.ask("GET", "/twins/n", {}, header).status ==
          (rule.twins ? (rule.write ? 200 : 404) : 401));
    CHECK(w.ask("PATCH", "/twins/n", "{}", header).status ==
          (rule.twins ? (rule.write ? 200 : 404) : 401));
}

TEST_CASE("authentication: fields in any order, either key, a port or a scheme in the resource") {
    rest_world w;
    w.add("/devices/d");
    const std::string good = token_of("iothubowner");
    CHECK(ask_with(w, "SharedAccessSignature se=" + field_of(good, "se") +
                          "&skn=iothubowner&x=y&sig=" + field_of(good, "sig") + "&sr=localhost")
              .status == 200);
    CHECK(ask_with(w, token_of("iothubowner", "localhost:8443")).status == 200);
    CHECK(ask_with(w, token_of("iothubowner", "https://localhost")).status == 200);
    CHECK(ask_with(w, token_of("iothubowner", "localhost/devices")).status == 200);
    CHECK(ask_with(w, make_sas_token("localhost", core::published_policies().front().secondary_key,
                                     w.clock.now() + std::chrono::hours(1), "iothubowner")
                          .value())
              .status == 200);
}

// A gateway's name or "host:port" may stand there: the key tells whose token it is.
TEST_CASE("authentication: the host in the resource may be any, its path may not") {
    rest_world w;
    w.add("/devices/d");
    CHECK(ask_with(w, token_of("iothubowner", "otherhost")).status == 200);
    CHECK(ask_with(w, token_of("iothubowner", "otherhost/devices/d")).status == 200);
    CHECK(ask_with(w, token_of("iothubowner", "otherhost/devices/e")).status == 401);
    CHECK(ask_with(w, replaced(token_of("iothubowner", "otherhost"), "otherhost", "localhost"))
              .status == 401);
}

TEST_CASE("authentication: a token ends with its time") {
    rest_world w;
    w.add("/devices/d");
    const std::string token = token_of("iothubowner");
    w.clock.advance(std::chrono::hours(1) - std::chrono::seconds(1));
    CHECK(ask_with(w, token).status == 200);
    w.clock.advance(std::chrono::seconds(1));
    CHECK(ask_with(w, token).status == 401);
}
