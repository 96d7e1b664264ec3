// Export and import jobs over REST (service API §1.3 rows 33–36, §1.5): requests of the SDKs,
// literal answers.
#include "emulator/core/transfers/transfer_service.hpp"
#include "rest_world.hpp"
#include "support/catch.hpp"
#include "support/fake_blob_storage.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr const char* export_body =
    R"({"type":"export","outputBlobContainerUri":"https://s/c?sig=secret"})";

struct transfer_world : rest_world {
    fake_blob_storage storage;

    transfer_world() { hub.transfers().reach(storage); }
    ~transfer_world() { hub.transfers().interrupt("the test is over"); }

    // Sends the request; what was answered when the storage had shown what it allows.
    answer create(std::string_view body, std::string_view more = {}) {
        std::string answered = exchange(request("POST", "/jobs/create", body, more));
        while (answered.empty() && storage.waits()) {
            storage.answer();
            settle();
            answered = stream->take_sent();
        }
        const auto answers = read_answers(answered);
        REQUIRE(answers.size() == 1);
        return answers.front();
    }

    // Until the job that is under way has ended.
    void run() {
        while (storage.waits() || hub.transfers().next_deadline()) {
            if (storage.waits()) {
                storage.answer();
            } else {
                hub.advance();
            }
            hub.end_turn();
        }
    }
};

std::string without_id(const answer& a) {
    json shown = a.document();
    REQUIRE(shown["jobId"].get<std::string>().size() == 36);
    shown.erase("jobId");
    return shown.dump();
}

} // namespace

TEST_CASE("transfer jobs: an export from its creation to its end") {
    transfer_world w;
    w.add("/devices/d");
    w.add("/devices/d/modules/m");
    const answer created = w.create(export_body);
    CHECK(created.status == 200);
    CHECK(without_id(created) ==
          R"({"startTimeUtc":"2026-01-02T03:04:05Z","type":"export","status":"enqueued",)"
          R"("progress":0,"excludeKeysInExport":false,"useSecondaryStorageAsSource":false})");
    CHECK(created.body.find("secret") == std::string::npos);
    const std::string path = "/jobs/" + created.document()["jobId"].get<std::string>();
    CHECK(w.ask("GET", path).body == created.body);
    w.run();
    const answer done = w.ask("GET", path);
    CHECK(done.status == 200);
    CHECK(without_id(done) ==
          R"({"startTimeUtc":"2026-01-02T03:04:05Z","endTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("type":"export","status":"completed","progress":100,"excludeKeysInExport":false,)"
          R"("useSecondaryStorageAsSource":false,"failureReason":null})");
    CHECK(w.ask("GET", "/jobs").body == "[" + done.body + "]");
    const std::string& lines = w.storage.blobs.at("devices.txt");
    CHECK(lines.starts_with(R"({"id":"d",)"));
    CHECK(lines.find("\n"
                     R"({"id":"d","moduleId":"m",)") != std::string::npos);
}

TEST_CASE("transfer jobs: an import, as Node asks for it") {
    transfer_world w;
    w.storage.blobs["devices.txt"] = R"({"id":"d","importMode":"create","status":"enabled"})";
    const answer created = w.create(R"({"type":"import","inputBlobContainerUri":"https://s/i",
        "outputBlobContainerUri":"https://s/o"})");
    CHECK(created.status == 200);
    CHECK(created.document()["type"] == "import");
    w.run();
    CHECK(w.ask("GET", "/devices/d").status == 200);
    CHECK(w.storage.blobs.at("importErrors.log").empty());
}

TEST_CASE("transfer jobs: configurations go along") {
    transfer_world w;
    REQUIRE(w.ask("PUT", "/configurations/c1",
                  R"({"id":"c1","content":{"deviceContent":{"properties.desired.a":1}},
                      "targetCondition":"*","priority":3})")
                .status == 200);
    REQUIRE(w.create(R"({"type":"export","outputBlobContainerUri":"https://s/c",
                         "includeConfigurations":true})")
                .status == 200);
    w.run();
    CHECK(w.storage.blobs.at("configurations.txt").starts_with(R"({"Id":"c1",)"));
    REQUIRE(w.ask("DELETE", "/configurations/c1").status == 204);
    REQUIRE(w.create(R"({"type":"import","inputBlobContainerUri":"https://s/i",
        "outputBlobContainerUri":"https://s/o","includeConfigurations":true})")
                .status == 200);
    w.run();
    CHECK(w.storage.blobs.at("importErrors.log").empty());
    CHECK(w.ask("GET", "/configurations/c1").document()["priority"] == 3);
}

TEST_CASE("transfer jobs: a container that may not be written to") {
    transfer_world w;
    w.storage.forbidden = {"put"};
    const answer refused = w.create(export_body);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "BlobContainerValidationError");
    CHECK(refused.document()["Message"] ==
          "ErrorCode:BlobContainerValidationError;"
          "Unauthorized to write to the output blob container. The storage answered 403.");
    CHECK(w.ask("GET", "/jobs").body == "[]");
    CHECK_FALSE(w.log.mentions("secret"));
}

TEST_CASE("transfer jobs: only one at a time") {
    transfer_world w;
    REQUIRE(w.create(export_body).status == 200);
    const answer refused = w.create(export_body);
    CHECK(refused.status == 403);
    CHECK(refused.code() == "JobQuotaExceeded");
}

TEST_CASE("transfer jobs: cancelled, with the If-Match that .NET sends") {
    transfer_world w;
    w.add("/devices/d");
    const std::string id = w.create(export_body).document()["jobId"];
    const answer cancelled = w.ask("DELETE", "/jobs/" + id, {}, "If-Match: \"" + id + "\"\r\n");
    CHECK(cancelled.status == 204);
    CHECK(cancelled.body.empty());
    CHECK(w.ask("GET", "/jobs/" + id).document()["status"] == "cancelled");
    w.run();
    CHECK_FALSE(w.storage.blobs.contains("devices.txt"));
}

TEST_CASE("transfer jobs: those that are not there") {
    transfer_world w;
    const std::string method = GENERATE("GET", "DELETE");
    const std::string id = GENERATE("e40e9db2-199f-482b-887a-f45fbeaa7b8c", "create", "x%20y");
    const answer missing = w.ask(method, "/jobs/" + id);
    CHECK(missing.status == 404);
    CHECK(missing.code() == "JobNotFound");
}

TEST_CASE("transfer jobs: bad requests") {
    transfer_world w;
    for (const char* body :
         {"", "[]", "{", "{}", R"({"type":"export"})",
          R"({"type":"export","outputBlobContainerUri":7})",
          R"({"type":"import","outputBlobContainerUri":"https://s/c"})",
          R"({"type":"scheduleUpdateTwin","outputBlobContainerUri":"https://s/c"})",
          R"({"type":"export","outputBlobContainerUri":"https://s/c",
              "storageAuthenticationType":"keyless"})"}) {
        CAPTURE(body);
        const answer refused = w.create(body);
        CHECK(refused.status == 400);
        CHECK(refused.code() == "ArgumentInvalid");
    }
    CHECK(w.create(R"({"type":"export","outputBlobContainerUri":"bad"})").code() ==
          "BlobContainerValidationError");
    const answer keyless = w.create(R"({"type":"export","outputBlobContainerUri":"https://s/c",
        "storageAuthenticationType":"identityBased"})");
    CHECK(keyless.status == 400);
    CHECK(keyless.code() == "ManagedIdentityNotEnabled");
    CHECK(w.ask("PUT", "/jobs/create").status == 405);
    CHECK(w.ask("POST", "/jobs").status == 405);
    CHECK(w.storage.asked.empty());
}

TEST_CASE("transfer jobs: who may do what") {
    transfer_world w;
    const auto as = [](std::string_view policy) {
        return "Authorization: " + token_of(policy) + "\r\n";
    };
    CHECK(w.ask("GET", "/jobs", {}, as("registryRead")).status == 200);
    CHECK(w.ask("GET", "/jobs", {}, as("service")).status == 401);
    CHECK(w.ask("DELETE", "/jobs/x", {}, as("registryRead")).status == 401);
    CHECK(w.ask("DELETE", "/jobs/x", {}, as("registryReadWrite")).status == 404);
    CHECK(w.create(export_body, as("registryRead")).status == 401);
    CHECK(w.create(export_body, as("registryReadWrite")).status == 200);
}

TEST_CASE("transfer jobs: a creation that could not be kept is not acknowledged") {
    transfer_world w;
    w.exchange(w.request("POST", "/jobs/create", export_body));
    w.store.commits_fail = true;
    std::string answered;
    while (answered.empty() && w.storage.waits()) {
        w.storage.answer();
        w.settle();
        answered = w.stream->take_sent();
    }
    const auto answers = read_answers(answered);
    REQUIRE(answers.size() == 1);
    CHECK(answers.front().status == 500);
}
