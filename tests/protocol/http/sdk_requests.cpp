#include "rest_world.hpp"

#include "support/catch.hpp"

// Requests as the service SDKs write them (service API §9, appendices B and C).

using namespace iothub;
using namespace iothub::test;

namespace {

std::string with_length(std::string head, const std::string& body) {
    head += "Authorization: " + token_of("iothubowner") + "\r\n";
    return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

answer send(rest_world& w, const std::string& bytes) {
    const auto answers = read_answers(w.exchange(bytes));
    REQUIRE(answers.size() == 1);
    return answers.front();
}

std::string dotnet_head(const std::string& line) {
    return line + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                  "User-Agent: Microsoft.Azure.Devices/1.40.0 (.NET 8.0; Debian)\r\n"
                  "Content-Type: application/json; charset=utf-8\r\n";
}

std::string node_head(const std::string& line) {
    return line + " HTTP/1.1\r\naccept: application/json\r\n"
                  "request-id: 3c3a5a0c-2f0e-4f4a-9d2c-7c8f3d9c8a11\r\n"
                  "user-agent: azure-iothub/1.16.6 (node v18.19.0; linux)\r\n"
                  "content-type: application/json; charset=utf-8\r\nHost: localhost\r\n"
                  "connection: keep-alive\r\n";
}

std::string python_head(const std::string& line) {
    return line + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate\r\n"
                  "Accept: application/json\r\nConnection: keep-alive\r\n"
                  "Content-Type: application/json; charset=utf-8\r\n";
}

std::string java_head(const std::string& line) {
    return line + " HTTP/1.1\r\nUser-Agent: com.microsoft.azure.sdk.iot/2.1.9\r\n"
                  "Request-Id: 1001\r\nAccept: application/json\r\n"
                  "Content-Type: application/json; charset=utf-8\r\nHost: localhost\r\n"
                  "Connection: keep-alive\r\n";
}

const std::string dotnet_authentication =
    R"("authentication":{"symmetricKey":{"primaryKey":null,"secondaryKey":null},)"
    R"("x509Thumbprint":{"primaryThumbprint":null,"secondaryThumbprint":null},"type":"sas"})";

const std::string dotnet_times = R"("connectionState":"Disconnected",)"
                                 R"("connectionStateUpdatedTime":"0001-01-01T00:00:00",)"
                                 R"("lastActivityTime":"0001-01-01T00:00:00",)"
                                 R"("cloudToDeviceMessageCount":0,)";

std::string dotnet_device() {
    return R"({"deviceId":"myFirstDevice","generationId":null,"etag":null,"status":"enabled",)"
           R"("statusReason":null,"statusUpdatedTime":"0001-01-01T00:00:00",)" +
           dotnet_times + dotnet_authentication + R"(,"parentScopes":[]})";
}

std::string dotnet_module() {
    return R"({"moduleId":"myFirstModule","managedBy":null,"deviceId":"myFirstDevice",)"
           R"("generationId":null,"etag":null,)" +
           dotnet_times + dotnet_authentication + "}";
}

} // namespace

TEST_CASE("SDK .NET: CreateIdentities, run twice, prints the same keys") {
    rest_world w;
    const std::string device = "/devices/myFirstDevice?api-version=2021-04-12";
    const std::string module =
        "/devices/myFirstDevice/modules/myFirstModule?api-version=2021-04-12";
    const json made =
        send(w, with_length(dotnet_head("PUT " + device), dotnet_device())).document();
    const json key = made["authentication"]["symmetricKey"]["primaryKey"];
    CHECK(key.is_string());
    const answer again = send(w, with_length(dotnet_head("PUT " + device), dotnet_device()));
    CHECK(again.status == 409);
    CHECK(again.code() == "DeviceAlreadyExists");
    CHECK(send(w, with_length(dotnet_head("GET " + device), ""))
              .document()["authentication"]["symmetricKey"]["primaryKey"] == key);

    const json module_made =
        send(w, with_length(dotnet_head("PUT " + module), dotnet_module())).document();
    const json module_key = module_made["authentication"]["symmetricKey"]["primaryKey"];
    CHECK(module_key.is_string());
    CHECK(module_made["authentication"]["type"] == "sas");
    CHECK(send(w, with_length(dotnet_head("PUT " + module), dotnet_module())).status == 409);
    CHECK(send(w, with_length(dotnet_head("GET " + module), ""))
              .document()["authentication"]["symmetricKey"]["primaryKey"] == module_key);
}

TEST_CASE("SDK .NET: an update with the document it got, and a forced one") {
    rest_world w;
    w.add("/devices/d");
    json d = w.ask("GET", "/devices/d").document();
    d["status"] = "disabled";
    const std::string head = dotnet_head("PUT /devices/d?api-version=2021-04-12");
    const std::string etag = d["etag"];
    const answer updated = send(w, with_length(head + "If-Match: \"" + etag + "\"\r\n", d.dump()));
    CHECK(updated.status == 200);
    CHECK(updated.document()["status"] == "disabled");
    CHECK(updated.document()["authentication"] == d["authentication"]);
    CHECK(send(w, with_length(head + "If-Match: \"*\"\r\n", d.dump())).status == 200);
    CHECK(send(w, with_length(dotnet_head("DELETE /devices/d?api-version=2021-04-12") +
                                  "If-Match: \"*\"\r\n",
                              ""))
              .status == 204);
}

TEST_CASE("SDK .NET: the list has a slash before its query, and the version comes last") {
    rest_world w;
    w.add("/devices/d");
    CHECK(send(w, with_length(dotnet_head("GET /devices/?top=1000&api-version=2021-04-12"), ""))
              .document()
              .size() == 1);
}

TEST_CASE("SDK Node: create, addModule and updateModuleTwin") {
    rest_world w;
    const std::string empty_keys = R"("symmetricKey":{"primaryKey":"","secondaryKey":""}})";
    const json d = send(w, with_length(node_head("PUT /devices/d?api-version=2021-04-12"),
                                       R"({"deviceId":"d","authentication":{"type":"sas",)" +
                                           empty_keys + "}"))
                       .document();
    CHECK(d["authentication"]["symmetricKey"]["primaryKey"].get<std::string>().size() == 44);
    const json m = send(w, with_length(node_head("PUT /devices/d/modules/m?api-version=2021-04-12"),
                                       R"({"deviceId":"d","moduleId":"m","authentication":)"
                                       R"({"type":"sas",)" +
                                           empty_keys + "}"))
                       .document();
    CHECK(m["authentication"]["symmetricKey"]["primaryKey"].get<std::string>().size() == 44);
    const answer patched =
        send(w, with_length(node_head("PATCH /twins/d/modules/m?api-version=2021-04-12") +
                                "if-match: \"*\"\r\n",
                            R"({"properties":{"desired":{"x":1}}})"));
    CHECK(patched.status == 200);
    CHECK(patched.header("Content-Type").find("application/json") != std::string::npos);
    const answer gone = send(w, with_length(node_head("DELETE /devices/d?api-version=2021-04-12") +
                                                "if-match: \"*\"\r\n",
                                            ""));
    CHECK(gone.status == 204);
    CHECK(gone.body.empty());
}

TEST_CASE("SDK Node: an empty symmetricKey means a new one") {
    rest_world w;
    CHECK(send(w, with_length(node_head("PUT /devices/d1?api-version=2021-04-12"),
                              R"({"deviceId":"d1","authentication":{"type":"sas",)"
                              R"("symmetricKey":{}}})"))
              .document()["authentication"]["symmetricKey"]["secondaryKey"]
              .is_string());
}

TEST_CASE("SDK Node: ids are encoded, and a missing device has a code it knows") {
    rest_world w;
    const answer missing =
        send(w, with_length(node_head("GET /devices/a%2Bb%40c?api-version=2021-04-12"), ""));
    CHECK(missing.status == 404);
    CHECK(missing.document()["Message"] == "ErrorCode:DeviceNotFound;a+b@c");
}

TEST_CASE("SDK Python: raw ids, quoted stars, explicit values") {
    rest_world w;
    const std::string body =
        R"({"deviceId":"my:dev","status":"enabled","authentication":{"type":"sas",)"
        R"("symmetricKey":{"primaryKey":"MDEyMzQ1Njc4OWFiY2RlZg==",)"
        R"("secondaryKey":"ZmVkY2JhOTg3NjU0MzIxMA=="}},"capabilities":{"iotEdge":false}})";
    CHECK(send(w, with_length(python_head("PUT /devices/my:dev?api-version=2021-04-12"), body))
              .document()["authentication"]["symmetricKey"]["primaryKey"] ==
          "MDEyMzQ1Njc4OWFiY2RlZg==");
    CHECK(send(w, with_length(python_head("PATCH /twins/my:dev?api-version=2021-04-12") +
                                  "If-Match: \"*\"\r\n",
                              R"({"tags":{"a":1},"properties":{"desired":{"b":2}}})"))
              .status == 200);
    CHECK(send(w, with_length(python_head("DELETE /devices/my:dev?api-version=2021-04-12") +
                                  "If-Match: \"*\"\r\n",
                              ""))
              .status == 204);
}

TEST_CASE("SDK Java: PATCH comes as POST, stars and etags come bare") {
    rest_world w;
    w.add("/devices/d");
    const std::string head = java_head("POST /twins/d?api-version=2021-04-12") +
                             "X-HTTP-Method-Override: PATCH\r\nIf-Match: ";
    const std::string body =
        R"({"deviceId":"d","etag":"AAAAAAAAAAE=","version":2,"tags":{"a":1},)"
        R"("properties":{"desired":{"b":2,"$version":1,"$metadata":{}},"reported":{}}})";
    CHECK(send(w, with_length(head + "AAAAAAAAAAE=\r\n", body)).status == 200);
    CHECK(send(w, with_length(head + "AAAAAAAAAAE=\r\n", body)).status == 412);
    CHECK(send(w, with_length(head + "*\r\n", body)).document()["tags"]["a"] == 1);
    const answer no_override =
        send(w, with_length(java_head("POST /twins/d?api-version=2021-04-12"), body));
    CHECK(no_override.status == 405);
    CHECK(no_override.header("Allow") == "GET, PATCH, PUT");
    const std::string etag = w.ask("GET", "/devices/d").document()["etag"];
    CHECK(send(w, with_length(java_head("PUT /devices/d?api-version=2021-04-12") +
                                  "If-Match: " + etag + "\r\n",
                              R"({"deviceId":"d"})"))
              .status == 200);
}

TEST_CASE("SDK Azure.Core: an empty If-Match creates, the client's request id is welcome") {
    rest_world w;
    const std::string head = "PUT /devices/d?api-version=2020-03-13 HTTP/1.1\r\nHost: localhost\r\n"
                             "If-Match: \"\"\r\nx-ms-client-request-id: 1\r\n"
                             "x-ms-return-client-request-id: true\r\n"
                             "Content-Type: application/json\r\n";
    CHECK(send(w, with_length(head, R"({"deviceId":"d"})")).status == 200);
    CHECK(send(w, with_length(head, R"({"deviceId":"d"})")).status == 409);
}

TEST_CASE("SDK: every api-version that one of them sends") {
    rest_world w;
    const std::string version = GENERATE("2018-06-30", "2020-03-13", "2020-05-31-preview",
                                         "2020-09-30", "2021-04-12", "2024-03-31");
    CHECK(
        send(w, with_length(
                    "GET /devices?api-version=" + version + " HTTP/1.1\r\nHost: localhost\r\n", ""))
            .status == 200);
}
