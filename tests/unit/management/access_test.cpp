#include "emulator/management/access.hpp"

#include "support/catch.hpp"

using namespace iothub;
using management::find_objection;

namespace {

bool admitted(const std::string& host, const std::string& origin = {}) {
    http_codec::request asked;
    asked.headers.add("Host", host);
    if (!origin.empty()) {
        asked.headers.add("Origin", origin);
    }
    return !find_objection(asked, {"myhub.azure-devices.net", "10.1.2.3"});
}

} // namespace

TEST_CASE("access: the hub's names and the loopback names, with or without a port") {
    const std::string host = GENERATE(
        "localhost", "LOCALHOST:5380", "127.0.0.1", "127.0.0.1:5380", "127.0.0.2:1", "[::1]",
        "[::1]:5380", "MyHub.azure-devices.net", "myhub.azure-devices.net:80", "10.1.2.3:5380");
    INFO(host);
    CHECK(admitted(host));
}

TEST_CASE("access: no other name") {
    const std::string host = GENERATE(
        "", "evil.example", "evil.example:5380", "localhost.evil.example", "127.0.0.1.evil.example",
        "127.evil.example", "127.0.0.1.2", "128.0.0.1", "[::2]", "[::1", "[::1]evil", "[::1]:x",
        "localhost:80:80", "localhost:evil", "azure-devices.net", "10.1.2.4");
    INFO(host);
    CHECK_FALSE(admitted(host));
}

TEST_CASE("access: a page of this place, and no other page") {
    CHECK(admitted("localhost:5380", "http://localhost:5380"));
    CHECK(admitted("127.0.0.1", "http://127.0.0.1"));
    const std::string origin =
        GENERATE("http://evil.example", "null", "http://localhost:3000", "https://localhost:5380",
                 "http://localhost", "http://127.0.0.1:5380");
    INFO(origin);
    CHECK_FALSE(admitted("localhost:5380", origin));
}

TEST_CASE("access: a request without a Host has no place here") {
    CHECK(find_objection({}, {}));
}

TEST_CASE("access: another site's page may link here, and do nothing else") {
    http_codec::request asked;
    asked.headers.add("Host", "localhost");
    asked.headers.add("Sec-Fetch-Site", GENERATE("cross-site", "same-site"));
    asked.method = "GET";
    CHECK(find_objection(asked, {}));
    asked.headers.add("Sec-Fetch-Mode", "navigate");
    CHECK_FALSE(find_objection(asked, {}));
    asked.method = "POST";
    CHECK(find_objection(asked, {}));
}
