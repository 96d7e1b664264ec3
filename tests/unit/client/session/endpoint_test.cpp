#include "client/src/session/endpoint.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::client::parse_endpoint;
using iothub::client::place;

TEST_CASE("an endpoint is a host with or without a port") {
    CHECK(place(parse_endpoint("hub.azure-devices.net", {}, 8883)) == "hub.azure-devices.net:8883");
    CHECK(place(parse_endpoint("localhost:8884", {}, 8883)) == "localhost:8884");
    CHECK(place(parse_endpoint("localhost:8884", 9000, 8883)) == "localhost:9000");
    CHECK(place(parse_endpoint("::1", {}, 8883)) == "::1:8883");
    CHECK(parse_endpoint("[::1]:8884", {}, 8883).host == "::1");
    CHECK(parse_endpoint("[::1]:8884", {}, 8883).port == 8884);
}

TEST_CASE("an endpoint without a host or with a port beyond 1 to 65535 is refused") {
    const auto text = GENERATE(as<std::string>{}, "", ":8883", "h:0", "h:65536", "h:-1", "h:8883x",
                               "[]:1", "[::1]:x");
    CHECK_THROWS_AS(parse_endpoint(text, {}, 8883), iothub::argument_invalid);
}
