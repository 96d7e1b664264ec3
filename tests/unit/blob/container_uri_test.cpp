#include "emulator/blob/container_uri.hpp"

#include "support/catch.hpp"

namespace iothub::blob {

TEST_CASE("Azurite's container") {
    const auto uri =
        parse_container_uri("http://127.0.0.1:10000/devstoreaccount1/c?sv=2020-10-02&sig=a%2Bb%3D")
            .value();
    CHECK_FALSE(uri.tls);
    CHECK(uri.host == "127.0.0.1");
    CHECK(uri.port == 10000);
    CHECK(uri.authority == "127.0.0.1:10000");
    CHECK(uri.path == "/devstoreaccount1/c");
    CHECK(uri.query == "sv=2020-10-02&sig=a%2Bb%3D");
}

TEST_CASE("a container of Azure's own") {
    const auto uri =
        parse_container_uri("HTTPS://acc.blob.core.windows.net/devices/?sig=x").value();
    CHECK(uri.tls);
    CHECK(uri.host == "acc.blob.core.windows.net");
    CHECK(uri.port == 443);
    CHECK(uri.path == "/devices");
    CHECK(uri.query == "sig=x");
}

TEST_CASE("an address in brackets, a port by default, and no signature") {
    const auto uri = parse_container_uri("http://[::1]/c").value();
    CHECK(uri.host == "::1");
    CHECK(uri.authority == "[::1]");
    CHECK(uri.port == 80);
    CHECK(uri.query.empty());
    CHECK(parse_container_uri("http://[::1]:8080/c")->port == 8080);
}

TEST_CASE("what is no container is refused, and not repeated") {
    const std::string text = GENERATE(
        as<std::string>(), "", "c", "ftp://secret/c", "http:/secret/c", "//secret/c", "http://",
        "http:///secret", "http://secret", "http://secret/", "http://secret/?sig=secret",
        "http://u:secret@host/c", "http://u@secret/c", "http://secret:0/c", "http://secret:65536/c",
        "http://secret:x/c", "http://secret:-1/c", "http://[::1/secret", "http://[::1]x/secret",
        "http://s/c?sig=sec ret", "http://s/c?sig=secret\r\nHost: evil", "http://s/c#secret",
        "http://s/c\x01secret", "http://s/\xc3\xbcsecret", "https://s/" + std::string(8192, 'x'));
    CAPTURE(text);
    const auto uri = parse_container_uri(text);
    REQUIRE_FALSE(uri);
    CHECK(uri.error().code == errc::blob_container_validation_error);
    CHECK(uri.error().message.find("secret") == std::string::npos);
}

} // namespace iothub::blob
