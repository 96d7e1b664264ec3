#include "common/sas_token.hpp"

#include "common/secret.hpp"
#include "support/catch.hpp"

namespace iothub {

namespace {

constexpr std::string_view key = "MDEyMzQ1Njc4OQ=="; // ASCII 0123456789
constexpr std::string_view signed_dev1 =
    "sr=localhost%3A18883%2Fdevices%2Fdev1&sig=UmbMs8EDVg3kQhdwqAVphIrwsjhEjhq1dHPgx9CAnwU%3D";

} // namespace

TEST_CASE("the signature of every SDK is verified over sr as it stands", "[sas_token]") {
    const auto [sender, fields] = GENERATE(table<std::string, std::string>({
        {"Node over MQTT", "sr=localhost%3A18883%2Fdevices%2Fdev1&"
                           "sig=UmbMs8EDVg3kQhdwqAVphIrwsjhEjhq1dHPgx9CAnwU%3D&se=1795394839"},
        {"Node over AMQP", "sr=fake.azure-devices.net%2Fdevices%2Fdev1%2Fmodules%2Fm1&"
                           "sig=KtF4ECz4ZqssmLHI6%2F7pggRAdZeekxy1UjMTuWmXRE0%3D&se=1795395013"},
        {"Python", "sr=fake.azure-devices.net%2Fdevices%2Fdev1%2Fmodules%2Fm1&"
                   "sig=RF0Rv5UPgsG7H5iLmkzZ084jwQNMHqJhzCENGO%2BTIwk%3D&se=1795394961"},
        {"C over MQTT", "sr=127.0.0.7/devices/dev1&"
                        "sig=RqqpO4gjd6Vad6iEOZmbxDYOcuK1TPuETfI%2bQCvwdS8%3d&se=1795395438"},
        {"C over AMQP", "sr=127.0.0.7/devices/dev1/modules/m1&"
                        "sig=GP48u3ADJcdGX6rZSfWzaOSDAbmjudk%2ftHGkxDUAMRQ%3d&se=1795395578"},
        {"C over HTTP",
         "sr=127.0.0.7/devices/dev1&"
         "sig=sHD4FT5V7PqYB24%2fRUULj7RrvNXWw%2fIrwY5j1fCzvbc%3d&se=1795395593&skn="},
    }));
    CAPTURE(sender);
    const auto token = sas_token::parse("SharedAccessSignature " + fields);
    REQUIRE(token);
    CHECK(token->signed_with(key));
    CHECK_FALSE(token->signed_with("MDEyMzQ1Njc4OA=="));
    CHECK(token->policy_name.empty());
}

TEST_CASE("a token is read whatever the order of its fields", "[sas_token]") {
    const std::string fields = GENERATE("sr=h&sig=QUJD&se=5&skn=p", "skn=p&se=5&sig=QUJD&sr=h",
                                        "sig=QUJD&se=5&skn=p&sr=h", "se=5&skn=p&sr=h&sig=QUJD");
    const auto token = sas_token::parse("SharedAccessSignature " + fields);
    REQUIRE(token);
    CHECK(token->resource == "h");
    CHECK(token->signature == "ABC");
    CHECK(token->expiry_text == "5");
    CHECK(token->expiry == from_unix_seconds(5));
    CHECK(token->policy_name == "p");
}

TEST_CASE("unknown fields of a token are ignored", "[sas_token]") {
    const auto token = sas_token::parse("SharedAccessSignature " + std::string(signed_dev1) +
                                        "&se=1795394839&color=blue&color=red");
    REQUIRE(token);
    CHECK(token->signed_with(key));
}

TEST_CASE("a signature does not cover another resource, expiry or spelling of them",
          "[sas_token]") {
    const std::string sig = "&sig=UmbMs8EDVg3kQhdwqAVphIrwsjhEjhq1dHPgx9CAnwU%3D";
    const std::string fields =
        GENERATE_COPY("sr=localhost%3A18883%2Fdevices%2Fdev2" + sig + "&se=1795394839",
                      "sr=localhost%3a18883%2fdevices%2fdev1" + sig + "&se=1795394839",
                      "sr=localhost:18883/devices/dev1" + sig + "&se=1795394839",
                      "sr=localhost%3A18883%2Fdevices%2Fdev1" + sig + "&se=1795394840",
                      "sr=localhost%3A18883%2Fdevices%2Fdev1" + sig + "&se=01795394839");
    CAPTURE(fields);
    const auto token = sas_token::parse("SharedAccessSignature " + fields);
    REQUIRE(token);
    CHECK_FALSE(token->signed_with(key));
}

TEST_CASE("no key that is empty or not base64 has signed anything", "[sas_token]") {
    const auto token = sas_token::parse("SharedAccessSignature sr=h&sig=&se=5");
    REQUIRE(token);
    CHECK_FALSE(token->signed_with(""));
    CHECK_FALSE(token->signed_with("not base64"));
    CHECK_FALSE(token->signed_with(key));
}

TEST_CASE("a signature made with an empty key is not accepted", "[sas_token]") {
    const sas_token token{"h", hmac_sha256(std::string(), "h\n5"), "", "5", from_unix_seconds(5)};
    CHECK_FALSE(token.signed_with(""));
}

TEST_CASE("a shortened signature is not accepted", "[sas_token]") {
    const auto whole = make_sas_token("h", key, from_unix_seconds(5));
    REQUIRE(whole);
    auto token = sas_token::parse(*whole);
    REQUIRE(token);
    REQUIRE(token->signed_with(key));
    token->signature.resize(31);
    CHECK_FALSE(token->signed_with(key));
}

TEST_CASE("the path of a token is its resource without scheme and host", "[sas_token]") {
    using path = std::vector<std::string>;
    const auto [resource, expected] = GENERATE(table<std::string, path>({
        {"h", {}},
        {"", {}},
        {"h/", {}},
        {"sb%3A%2F%2Fh%3a5671%2Fhub", {"hub"}},
        {"https%3a%2f%2fh", {}},
        {"h%2Fdevices%2Fd", {"devices", "d"}},
        {"h:443/devices/d/modules/m", {"devices", "d", "modules", "m"}},
        {"h/devices/d/../e", {"devices", "d", "..", "e"}},
        {"h%2Fdevices%2Fa%2520b", {"devices", "a%20b"}},
        {"h//devices//d/", {"devices", "d"}},
        {"h%2Fdevices%2Fd%zz", {"devices", "d%zz"}},
    }));
    CAPTURE(resource);
    CHECK(sas_token{resource, "", "", "", never}.path() == expected);
}

TEST_CASE("a token that is made can be read, and names what it was made for", "[sas_token]") {
    const auto text =
        make_sas_token("h:8883/devices/d 1", key, from_unix_seconds(1'795'394'839), "a&b");
    REQUIRE(text);
    const auto token = sas_token::parse(*text);
    REQUIRE(token);
    CHECK(token->resource == "h%3A8883%2Fdevices%2Fd%201");
    CHECK(token->path() == std::vector<std::string>{"devices", "d 1"});
    CHECK(token->expiry_text == "1795394839");
    CHECK(token->policy_name == "a&b");
    CHECK(token->signed_with(key));
}

TEST_CASE("the token that is made is the one that Node makes", "[sas_token]") {
    CHECK(make_sas_token("localhost:18883/devices/dev1", key, from_unix_seconds(1'795'394'839))
              .value() == "SharedAccessSignature " + std::string(signed_dev1) + "&se=1795394839");
}

TEST_CASE("no token is made with a key that is not base64", "[sas_token]") {
    const std::string bad = GENERATE("", "not base64", "MDEyMzQ1Njc4OQ=");
    const auto text = make_sas_token("h", bad, from_unix_seconds(5));
    REQUIRE_FALSE(text);
    CHECK(text.error().code == errc::argument_invalid);
}

} // namespace iothub
