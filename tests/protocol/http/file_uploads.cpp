// File upload over HTTPS (device protocol §3): requests of the SDKs, literal answers.
#include "device_world.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct upload_world : device_world {
    upload_world()
        : device_world(core::blob_storage{"127.0.0.1:10000", "acc", true, "uploads",
                                          "MDEyMzQ1Njc4OWFiY2RlZg=="}) {}

    std::string begin(const char* path = "/devices/d/files") {
        const answer a = ask_as(device, "POST", path, R"({"blobName":"log.txt"})");
        REQUIRE(a.status == 200);
        return a.document()["correlationId"];
    }
};

} // namespace

TEST_CASE("uploads: where a file goes") {
    upload_world w;
    const answer a = w.ask_as(w.device, "POST", "/devices/d/files", R"({"blobName":"log.txt"})");
    CHECK(a.status == 200);
    const json told = a.document();
    CHECK(told["hostName"] == "127.0.0.1:10000");
    CHECK(told["containerName"] == "acc/uploads");
    CHECK(told["blobName"] == "d/log.txt");
    CHECK(told["sasToken"].get<std::string>().starts_with("?sv="));
    CHECK_FALSE(told["correlationId"].get<std::string>().empty());
}

TEST_CASE("uploads: notified with the correlation id in the body") {
    upload_world w;
    const std::string path =
        GENERATE("/devices/d/files/notifications", "/devices/d/files/notifications/");
    const std::string id = w.begin("/devices/d/files/");
    const std::string body = R"({"correlationId":")" + id +
                             R"(","isSuccess":true,"statusCode":200,"statusDescription":"OK"})";
    CHECK(w.ask_as(w.device, "POST", path, body).status == 204);
    CHECK(w.log.mentions("upload of 'd/log.txt' succeeded (200 OK)"));
    const answer twice = w.ask_as(w.device, "POST", path, body);
    CHECK(twice.status == 400);
    CHECK(twice.code() == "InvalidFileUploadCorrelationId");
}

TEST_CASE("uploads: notified with the correlation id in the path, as Node does") {
    upload_world w;
    const std::string path = "/devices/d/files/notifications/" + w.begin();
    CHECK(w.ask_as(w.device, "POST", path, R"({"isSuccess":false,"statusCode":500})").status ==
          204);
    CHECK(w.log.mentions("upload of 'd/log.txt' failed (500 )"));
}

TEST_CASE("uploads: a module's, as Java asks for it") {
    upload_world w;
    const answer a =
        w.ask_as(w.module, "POST", "/devices/d/modules/m/files", R"({"blobName":"x"})");
    CHECK(a.status == 200);
    CHECK(a.document()["blobName"] == "d/m/x");
}

TEST_CASE("uploads: bad requests") {
    upload_world w;
    for (const char* body : {"", "{}", "[]", R"({"blobName":7})", R"({"blobName":""})", "{"}) {
        CAPTURE(body);
        CHECK(w.ask_as(w.device, "POST", "/devices/d/files", body).status == 400);
    }
    CHECK(w.ask_as(w.device, "POST", "/devices/d/files/notifications", R"({"isSuccess":true})")
              .code() == "InvalidFileUploadCorrelationId");
    CHECK(w.ask_as(w.other, "POST", "/devices/d/files", R"({"blobName":"x"})").status == 401);
}

TEST_CASE("uploads: without a storage the answer says what is missing") {
    device_world w;
    const answer a = w.ask_as(w.device, "POST", "/devices/d/files", R"({"blobName":"x"})");
    CHECK(a.status == 400);
    CHECK(a.code() == "DefaultStorageEndpointNotConfigured");
    CHECK(a.body.find("blobStorage") != std::string::npos);
}
