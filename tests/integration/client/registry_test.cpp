// The registry client against a stub that answers as a hub does on good and on bad days.

#include <iothub/registry_client.hpp>
#include <nlohmann/json.hpp>

#include "integration/client/stub_registry.hpp"
#include "support/catch.hpp"

using namespace iothub::test;
using iothub::registry_client;

namespace {

constexpr const char* device = R"({"deviceId":"d","etag":"Mg==","authentication":{"type":"sas"}})";

// Of a method call.
std::pair<iothub::hub_error_kind, int> refusal_of(registry_client& registry) {
    try {
        registry.invoke_module_method("d", "m", "x", nullptr);
    } catch (const iothub::hub_error& error) {
        return {error.kind(), error.code()};
    }
    return {};
}

} // namespace

TEST_CASE("calls share one connection, and look as the service expects") {
    recorder seen;
    tls_stub stub({seen.answer({http("200 OK", device), http("200 OK", "[]"),
                                http("204 No Content", ""), http("200 OK", "{}")})});
    auto registry = client_of(stub);
    CHECK(registry.add_device({.device_id = "d"}).etag == "Mg==");
    CHECK(registry.list_devices(10).empty());
    registry.remove_device("d #1");
    registry.update_module_twin("d", "m", {{"tags", {{"a", 1}}}}, "AAA=");
    CHECK(stub.connections() == 1);

    const std::string put = seen.requests.take();
    CHECK_THAT(put, Catch::StartsWith("PUT /devices/d?api-version=2024-03-31 HTTP/1.1\r\nHost: "
                                      "localhost:") &&
                        Catch::Contains("\r\nAuthorization: SharedAccessSignature sr=localhost") &&
                        Catch::Contains("&skn=iothubowner\r\n") &&
                        Catch::Contains("\r\nContent-Type: application/json; charset=utf-8\r\n") &&
                        !Catch::Contains("If-Match"));
    CHECK_THAT(seen.requests.take(),
               Catch::StartsWith("GET /devices?api-version=2024-03-31&top=10 HTTP/1.1\r\n"));
    CHECK_THAT(seen.requests.take(), Catch::StartsWith("DELETE /devices/d%20%231?api-version=") &&
                                         Catch::Contains("\r\nIf-Match: \"*\"\r\n"));
    CHECK_THAT(seen.requests.take(), Catch::StartsWith("PATCH /twins/d/modules/m?api-version=") &&
                                         Catch::Contains("\r\nIf-Match: \"AAA=\"\r\n") &&
                                         Catch::EndsWith("\r\n\r\n{\"tags\":{\"a\":1}}"));
}

TEST_CASE("a refusal is thrown as its own class, and the connection goes on") {
    recorder seen;
    tls_stub stub({seen.answer(
        {http("404 Not Found", R"({"Message":"ErrorCode:DeviceNotFound;d","ExceptionMessage":""})",
              "iothub-errorcode: DeviceNotFound\r\n"),
         http("429 Too Many Requests", "", "iothub-errorcode: ThrottlingBacklogTimeout\r\n"),
         http("200 OK", device)})});
    auto registry = client_of(stub);
    CHECK_THROWS_AS(registry.get_device("d"), iothub::device_not_found);
    CHECK_THROWS_AS(registry.get_device("d"), iothub::throttled);
    CHECK(registry.get_device("d").device_id == "d");
    CHECK(stub.connections() == 1);
}

TEST_CASE("a kept connection that the hub closed is made anew for reading") {
    recorder seen;
    tls_stub stub({seen.answer({http("200 OK", device)}), seen.answer({http("200 OK", device)})});
    auto registry = client_of(stub);
    registry.get_device("d");
    CHECK(registry.get_device("d").device_id == "d");
    CHECK(stub.connections() == 2);
}

TEST_CASE("a connection that the hub will not keep is not used again") {
    recorder seen;
    tls_stub stub({seen.answer({http("200 OK", device, "Connection: close\r\n")}),
                   seen.answer({http("200 OK", device)})});
    auto registry = client_of(stub);
    registry.get_device("d");
    CHECK_NOTHROW(registry.update_device({.device_id = "d"}));
}

TEST_CASE("a write whose answer is lost is not repeated") {
    recorder seen;
    tls_stub stub({[&](stub_peer& peer) {
                       seen.answer({http("200 OK", device)})(peer);
                       seen.receive(peer); // and no answer
                   },
                   seen.answer({http("200 OK", device)})});
    auto registry = client_of(stub);
    registry.get_device("d");
    CHECK_THROWS_AS(registry.add_device({.device_id = "d"}), iothub::network_error);
    CHECK(stub.connections() == 1);
}

TEST_CASE("a read whose answer is lost is repeated once") {
    recorder seen;
    const auto drop = [&](stub_peer& peer) { seen.receive(peer); };
    tls_stub stub({[&](stub_peer& peer) {
                       seen.answer({http("200 OK", device)})(peer);
                       drop(peer);
                   },
                   drop, seen.answer({http("200 OK", device)})});
    auto registry = client_of(stub);
    registry.get_device("d");
    CHECK_THROWS_AS(registry.get_device("d"), iothub::network_error);
    CHECK(stub.connections() == 2);
}

TEST_CASE("an answer in chunks is read whole") {
    recorder seen;
    tls_stub stub({[&](stub_peer& peer) {
        seen.receive(peer);
        peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n");
        peer.write("1\r\n]\r\n0\r\n\r\n");
    }});
    auto registry = client_of(stub);
    CHECK(registry.list_modules("d").empty());
}

TEST_CASE("answers that are not what they should be are protocol errors") {
    const auto answer = GENERATE(as<std::string>{}, "SSH-2.0\r\n\r\n", http("200 OK", "{"),
                                 http("200 OK", "[]"), http("302 Found", ""));
    recorder seen;
    tls_stub stub({seen.answer({answer})});
    auto registry = client_of(stub);
    CHECK_THROWS_AS(registry.get_device("d"), iothub::protocol_error);
}

TEST_CASE("half an answer is a network error, none at all a time-out") {
    recorder seen;
    tls_stub stub({[&](stub_peer& peer) {
                       seen.receive(peer);
                       peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
                   },
                   [&](stub_peer& peer) { peer.wait_until_closed(); }});
    auto registry = client_of(stub, std::chrono::milliseconds(500));
    CHECK_THROWS_AS(registry.get_device("d"), iothub::network_error);
    CHECK_THROWS_AS(registry.get_device("d"), iothub::time_out);
}

TEST_CASE("a hub that is not trusted, or is not there, is told of") {
    std::unique_ptr<tls_stub> stub =
        std::make_unique<tls_stub>(std::vector<tls_stub::script>{[](stub_peer&) {}});
    const tls_stub other({});
    auto registry = client_of(*stub);
    iothub::registry_options options;
    options.ca_pem = other.ca_pem();
    auto distrusting = registry_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(stub->port()) +
            ";SharedAccessKeyName=p;SharedAccessKey=MDEy",
        options);
    CHECK_THROWS_WITH(distrusting.get_device("d"), Catch::Contains("certificate verify failed"));
    stub.reset();
    CHECK_THROWS_WITH(registry.get_device("d"), Catch::Contains("Connection refused"));
}

TEST_CASE("a method call is posted, and its answer read") {
    recorder seen;
    tls_stub stub({seen.answer(
        {http("200 OK", R"({"status":202,"payload":{"a":1}})"), http("200 OK", R"({"status":200})"),
         http("404 Not Found",
              R"({"Message":"{\"errorCode\":404103,\"message\":\"isn't online\"}"})",
              "iothub-errorcode: DeviceNotOnline\r\n"),
         http("504 Gateway Timeout",
              R"({"Message":"{\"errorCode\":504101,\"message\":\"Timed out\"}"})",
              "iothub-errorcode: GatewayTimeout\r\n")})});
    auto registry = client_of(stub);
    const auto response = registry.invoke_method("d", "reboot", {{"in", 5}});
    CHECK(response.status() == 202);
    CHECK(response.payload() == iothub::json{{"a", 1}});
    CHECK(registry.invoke_module_method("d", "m #", "x", nullptr).payload().is_null());
    CHECK(refusal_of(registry) == std::pair(iothub::hub_error_kind::not_found, 404103));
    CHECK(refusal_of(registry) == std::pair(iothub::hub_error_kind::server_error, 504101));
    CHECK(stub.connections() == 1);

    CHECK_THAT(
        seen.requests.take(),
        Catch::StartsWith("POST /twins/d/methods?api-version=2024-03-31 HTTP/1.1\r\n") &&
            Catch::EndsWith(R"({"methodName":"reboot","payload":{"in":5},)"
                            R"("responseTimeoutInSeconds":30,"connectTimeoutInSeconds":0})"));
    CHECK_THAT(seen.requests.take(),
               Catch::StartsWith("POST /twins/d/modules/m%20%23/methods?api-version="));
}

TEST_CASE("arguments that cannot be are refused before anything is sent") {
    const tls_stub stub({});
    auto registry = client_of(stub);
    CHECK_THROWS_AS(registry.get_device(""), iothub::argument_invalid);
    CHECK_THROWS_AS(registry.remove_device("d", "a\r\nX: y"), iothub::argument_invalid);
    CHECK_THROWS_AS(registry_client::create_from_connection_string("HostName=h"),
                    iothub::argument_invalid);
    CHECK(stub.connections() == 0);
}
