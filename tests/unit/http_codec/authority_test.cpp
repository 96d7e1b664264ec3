#include "emulator/http_codec/authority.hpp"

#include <string>

#include "support/catch.hpp"

namespace iothub::http_codec {

TEST_CASE("a host and perhaps a port") {
    const auto [text, host, port] = GENERATE(table<std::string, std::string, std::string>({
        {"host", "host", ""},
        {"host:5380", "host", "5380"},
        {"host:", "host", ""},
        {"[::1]", "::1", ""},
        {"[::1]:443", "::1", "443"},
        {"", "", ""},
    }));
    const auto parts = split_authority(text);
    REQUIRE(parts);
    CHECK(parts->host == host);
    CHECK(parts->port == port);
    CHECK(host_of(text) == host);
}

TEST_CASE("what follows the colon has to be digits") {
    const std::string text =
        GENERATE(as<std::string>(), "host:x", "host:-1", "host:1:2", "[::1", "[::1]x", "[::1]:x");
    CHECK_FALSE(split_authority(text));
    CHECK_FALSE(host_of(text));
}

TEST_CASE("numbers that ports may have") {
    CHECK(port_number("1") == 1);
    CHECK(port_number("65535") == 65535);
    for (const char* digits : {"", "0", "65536", "99999999999999999999", "+1", "1x", " 1"}) {
        CAPTURE(digits);
        CHECK_FALSE(port_number(digits));
    }
}

} // namespace iothub::http_codec
