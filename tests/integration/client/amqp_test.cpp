// Back ends over AMQP against peers that a hub never is: silent, rude, or none of AMQP.

#include <iothub/event_consumer.hpp>
#include <iothub/service_client.hpp>

#include <chrono>
#include <string>

#include "integration/client/tls_stub.hpp"
#include "support/catch.hpp"

using namespace iothub;
using test::stub_peer;
using test::tls_stub;

namespace {

constexpr const char* string_of_policy =
    "HostName=localhost;SharedAccessKeyName=service;SharedAccessKey=a2V5";

void send_to(const tls_stub& stub, std::chrono::milliseconds time_out = std::chrono::seconds(20)) {
    service_options options;
    options.ca_pem = stub.ca_pem();
    options.amqps_port = stub.port();
    options.operation_timeout = time_out;
    service_client::create_from_connection_string(string_of_policy, options).send("d", {});
}

constexpr std::string_view header("AMQP\0\1\0\0", 8);

} // namespace

TEST_CASE("a peer that says nothing is given up") {
    tls_stub stub({[](stub_peer& peer) { peer.wait_until_closed(); }});
    CHECK_THROWS_AS(send_to(stub, std::chrono::milliseconds(200)), time_out);
}

TEST_CASE("a peer that opens nothing is given up") {
    tls_stub stub({[](stub_peer& peer) {
        peer.read(header.size());
        peer.write(header);
        peer.wait_until_closed();
    }});
    CHECK_THROWS_AS(send_to(stub, std::chrono::milliseconds(200)), time_out);
}

TEST_CASE("a peer that speaks something else is a network_error") {
    tls_stub stub({[](stub_peer& peer) {
        peer.read(header.size());
        peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        peer.wait_until_closed();
    }});
    CHECK_THROWS_AS(send_to(stub), network_error);
}

TEST_CASE("a peer that leaves in the middle of a frame is a network_error") {
    tls_stub stub({[](stub_peer& peer) {
        peer.read(header.size());
        peer.write(std::string(header) + std::string("\0\0\0\x20\2\0\0\0\0\x53", 10));
    }});
    CHECK_THROWS_AS(send_to(stub), network_error);
}

TEST_CASE("a peer that sends a frame that is none is a network_error") {
    tls_stub stub({[](stub_peer& peer) {
        peer.read(header.size());
        peer.write(std::string(header) + std::string("\0\0\0\x0c\2\0\0\0\xFF\xFF\xFF\xFF", 12));
        peer.wait_until_closed();
    }});
    CHECK_THROWS_AS(send_to(stub), network_error);
}

TEST_CASE("a file that cannot be read shows at once") {
    service_options options;
    options.ca_file = "/none";
    CHECK_THROWS_AS(service_client::create_from_connection_string(string_of_policy, options),
                    argument_invalid);
    event_consumer_options reading;
    reading.ca_file = "/none";
    CHECK_THROWS_AS(event_consumer::create_from_connection_string(string_of_policy, reading),
                    argument_invalid);
}
