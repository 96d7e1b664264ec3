// That a hub reaches blob storage for exports and imports; what it does there is tested beside
// emulator/blob and core/transfers.

#include <iothub/emulator.hpp>

#include <chrono>
#include <string>

#include "common/connection_string.hpp"
#include "common/sas_token.hpp"
#include "integration/net/loopback_client.hpp"
#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("a hub tries a job's container before it takes the job") {
    iothub::emulator hub;
    const auto owner = connection_string::parse(hub.connection_string()).value();
    const timestamp expiry = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now() +
                                                                 std::chrono::hours(1));
    const auto token =
        make_sas_token("localhost", owner.shared_access_key, expiry, owner.shared_access_key_name);
    const std::string body =
        R"({"type":"export","outputBlobContainerUri":"http://127.0.0.1:1/c?sig=secret"})";
    loopback_client client(hub.ports().https);
    client.shake_hands();
    client.send("POST /jobs/create?api-version=2021-04-12 HTTP/1.1\r\nHost: localhost\r\n"
                "Connection: close\r\nAuthorization: " +
                token.value() + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                body);
    const std::string answer = client.receive_all();
    CHECK(answer.starts_with("HTTP/1.1 400 "));
    CHECK(answer.find("Unauthorized to write to the output blob container. "
                      "Cannot connect: Connection refused") != std::string::npos);
}
