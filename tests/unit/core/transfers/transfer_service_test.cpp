#include "emulator/core/transfers/transfer_service.hpp"

#include "emulator/core/twins/twin.hpp"
#include "support/faulty_store.hpp"
#include "transfer_bench.hpp"

namespace iothub::core {

using test::transfer_bench;

TEST_CASE("a job is enqueued, runs, and is completed", "[transfers]") {
    transfer_bench b;
    b.create({"d", ""});
    b.hub.end_turn();
    b.create(b.export_request());
    CHECK_FALSE(b.answered);
    while (!b.answered) {
        CHECK(b.jobs().list().empty());
        b.turn();
    }
    const transfer_job created = b.answered->value();
    CHECK(created.status == transfer_status::enqueued);
    CHECK(created.started == b.clock.now());
    CHECK(b.jobs().get(created.id).value() == created);
    b.turn();
    CHECK(b.jobs().get(created.id)->status == transfer_status::running);
    b.clock.advance(std::chrono::seconds(1));
    b.run();
    const transfer_job done = b.jobs().get(created.id).value();
    CHECK(done.status == transfer_status::completed);
    CHECK(done.progress == 100);
    CHECK(done.ended == created.started + std::chrono::seconds(1));
    CHECK(done.failure_reason.empty());
    CHECK(b.log.mentions("export " + created.id + ": completed"));
}

TEST_CASE("the containers are tried before a job is accepted", "[transfers]") {
    transfer_bench b;
    b.storage.blobs["devices.txt"] = "";
    b.create(b.import_request());
    while (!b.answered) {
        b.turn();
    }
    const std::string probe = " iothub-access-check-" + b.answered->value().id;
    CHECK((b.storage.asked == std::vector<std::string>{"put" + probe, "commit" + probe,
                                                       "read" + probe, "remove" + probe, "list",
                                                       "read devices.txt", "list"}));
    CHECK(b.storage.blobs.size() == 1);
}

TEST_CASE("a container that cannot be used is refused, and nothing is kept", "[transfers]") {
    transfer_bench b;
    b.storage.blobs["devices.txt"] = "";
    const auto [operation, reason] = GENERATE(table<std::string, std::string>({
        {"put", "Unauthorized to write to the output blob container. The storage answered 403."},
        {"commit", "Unauthorized to write to the output blob container. The storage answered 403."},
        {"read", "Unauthorized to read from the output blob container. The storage answered 403."},
        {"remove", "Unauthorized to delete from the output blob container. "
                   "The storage answered 403."},
        {"list", "Unauthorized to list the output blob container. The storage answered 403."},
    }));
    b.storage.forbidden = {operation};
    const error e = b.refusal(b.import_request());
    CHECK(e.code == errc::blob_container_validation_error);
    CHECK(e.message == reason);
    CHECK(b.jobs().list().empty());
    b.storage.forbidden.clear();
    CHECK(b.finish(b.import_request()).status == transfer_status::completed);
}

TEST_CASE("an import needs the blob that it reads", "[transfers]") {
    transfer_bench b;
    const error e = b.refusal(b.import_request());
    CHECK(e.code == errc::blob_container_validation_error);
    CHECK(e.message == "Unable to read from the input blob container. The storage answered 404.");
}

TEST_CASE("URIs that are none are refused by the member's name", "[transfers]") {
    transfer_bench b;
    transfer_request request = b.import_request();
    request.input_uri = "bad";
    CHECK(b.refusal(request).message == "inputBlobContainerUri must be a URI.");
    request = b.import_request();
    request.output_uri = "bad";
    CHECK(b.refusal(request).message == "outputBlobContainerUri must be a URI.");
    CHECK(b.storage.asked.empty());
}

TEST_CASE("there is one job at a time", "[transfers]") {
    transfer_bench b;
    b.create(b.export_request());
    const auto refused_now = [&] {
        std::optional<error> refused;
        b.jobs().create(b.export_request(),
                        [&](const result<transfer_job>& outcome) { refused = outcome.error(); });
        return refused && refused->code == errc::job_quota_exceeded;
    };
    CHECK(refused_now()); // while the first one is checked
    while (!b.answered) {
        b.turn();
    }
    CHECK(refused_now()); // while it runs
    b.run();
    CHECK(b.finish(b.export_request()).status == transfer_status::completed);
    CHECK(b.jobs().list().size() == 2);
}

TEST_CASE("a hub without blob storage says so", "[transfers]") {
    test::memory_hub without;
    std::optional<error> refused;
    without.hub.transfers().create(
        transfer_bench::export_request(),
        [&](const result<transfer_job>& outcome) { refused = outcome.error(); });
    REQUIRE(refused);
    CHECK(refused->code == errc::blob_container_validation_error);
    CHECK(refused->message == "This hub cannot reach blob storage.");
}

TEST_CASE("a service that knows no configurations says so", "[transfers]") {
    transfer_bench b;
    transfer_service alone(b.store, b.hub.identities(), b.hub.twins(), b.clock, b.ids);
    alone.reach(b.storage);
    transfer_request request = b.export_request();
    request.configurations_blob = "c.txt";
    std::optional<error> refused;
    alone.create(request, [&](const result<transfer_job>& outcome) { refused = outcome.error(); });
    REQUIRE(refused);
    CHECK(refused->code == errc::argument_invalid);
    CHECK(refused->message == "This hub can neither export nor import configurations.");
}

TEST_CASE("a job that is cancelled stops at once", "[transfers]") {
    transfer_bench b;
    b.create({"d", ""});
    b.create(b.export_request());
    while (!b.answered) {
        b.turn();
    }
    const std::string id = (*b.answered)->id;
    CHECK(b.jobs().cancel(id));
    CHECK(b.jobs().get(id)->status == transfer_status::cancelled);
    CHECK(b.jobs().get(id)->ended);
    b.run();
    CHECK(b.storage.blobs.empty());
    CHECK(b.finish(b.export_request()).status == transfer_status::completed);
}

TEST_CASE("a job that is cancelled while the storage works hears no answer", "[transfers]") {
    transfer_bench b;
    b.create(b.export_request());
    while (!b.answered || !b.storage.waits()) {
        b.turn();
    }
    const std::string id = (*b.answered)->id;
    CHECK(b.jobs().cancel(id));
    b.run();
    CHECK(b.jobs().get(id)->status == transfer_status::cancelled);
}

TEST_CASE("jobs that have ended stay as they are, and unknown ones are not found", "[transfers]") {
    transfer_bench b;
    const transfer_job done = b.finish(b.export_request());
    CHECK(b.jobs().cancel(done.id));
    CHECK(b.jobs().get(done.id).value() == done);
    CHECK(b.jobs().cancel("nobody").error().code == errc::job_not_found);
    CHECK(b.jobs().get("nobody").error().code == errc::job_not_found);
    CHECK(b.jobs().get("").error().code == errc::job_not_found);
}

TEST_CASE("a storage that fails later fails the job", "[transfers]") {
    transfer_bench b;
    b.create({"d", ""});
    b.create(b.export_request());
    while (!b.answered) {
        b.turn();
    }
    b.storage.forbidden = {"commit"};
    b.run();
    const transfer_job failed = b.jobs().get((*b.answered)->id).value();
    CHECK(failed.status == transfer_status::failed);
    CHECK(failed.failure_reason == "The storage answered 403.");
    CHECK(failed.ended);
    CHECK(b.log.mentions("failed: The storage answered 403."));
}

TEST_CASE("the history is bounded and in order", "[transfers]") {
    transfer_bench b;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < transfer_service::max_history + 3; ++i) {
        b.clock.advance(std::chrono::seconds(1));
        ids.push_back(b.finish(b.export_request()).id);
    }
    const auto jobs = b.jobs().list();
    REQUIRE(jobs.size() == transfer_service::max_history);
    CHECK(jobs.front().id == ids[3]);
    CHECK(jobs.back().id == ids.back());
}

TEST_CASE("a job that a stopped hub left behind has failed", "[transfers]") {
    transfer_bench b;
    const transfer_job done = b.finish(b.export_request());
    b.clock.advance(std::chrono::seconds(1));
    b.create(b.export_request());
    while (!b.answered) {
        b.turn();
    }
    b.store.put_record("transfers/x", "damaged");
    b.clock.advance(std::chrono::hours(1));
    hub again(b.store, b.clock, b.ids, b.log);
    const auto jobs = again.transfers().list();
    REQUIRE(jobs.size() == 2);
    CHECK(jobs[0] == done);
    CHECK(jobs[1].status == transfer_status::failed);
    CHECK(jobs[1].failure_reason == "The hub was stopped before the job had ended.");
    CHECK(jobs[1].ended == b.clock.now());
}

TEST_CASE("an interrupted job fails with the reason", "[transfers]") {
    transfer_bench b;
    b.create(b.export_request());
    b.jobs().interrupt("because");
    REQUIRE(b.answered);
    CHECK(b.answered->error().message == "because");
    b.create(b.export_request());
    while (!b.answered) {
        b.turn();
    }
    b.jobs().interrupt("because");
    CHECK(b.jobs().get((*b.answered)->id)->failure_reason == "because");
    b.jobs().interrupt("twice");
    b.run();
    CHECK(b.jobs().get((*b.answered)->id)->failure_reason == "because");
}

TEST_CASE("a hub that begins anew has no transfers", "[transfers]") {
    transfer_bench b;
    b.finish(b.export_request());
    b.create(b.export_request());
    while (!b.answered) {
        b.turn();
    }
    b.hub.clear();
    CHECK(b.jobs().list().empty());
    CHECK_FALSE(b.jobs().next_deadline());
    b.run();
    CHECK(b.jobs().list().empty());
}

namespace {

// A hub on a store that can be told to fail.
struct faulty_bench {
    test::manual_clock clock;
    test::fixed_ids ids;
    test::recording_log log;
    storage::memory_store kept;
    test::faulty_store store{kept};
    core::hub hub{store, clock, ids, log};
    test::fake_blob_storage storage;
    std::string id;

    // With an export that was accepted.
    faulty_bench() {
        hub.transfers().reach(storage);
        hub.transfers().create(
            transfer_bench::export_request(),
            [this](const result<transfer_job>& outcome) { id = outcome.value().id; });
        while (id.empty()) {
            storage.answer();
        }
        hub.end_turn();
    }
};

} // namespace

TEST_CASE("a job whose work could not be kept fails", "[transfers]") {
    faulty_bench b;
    b.store.commits_fail = true;
    b.hub.advance();
    b.hub.end_turn();
    b.store.commits_fail = false;
    b.hub.end_turn();
    CHECK(b.hub.transfers().get(b.id)->status == transfer_status::failed);
    CHECK(b.hub.transfers().get(b.id)->failure_reason ==
          "The hub could not keep what the job had done.");
}

TEST_CASE("a job fails where the store cannot be read", "[transfers]") {
    faulty_bench b;
    b.store.reads_fail = true;
    b.hub.advance();
    b.hub.end_turn();
    b.store.reads_fail = false;
    CHECK(b.hub.transfers().get(b.id)->status == transfer_status::failed);
    CHECK(b.hub.transfers().get(b.id)->failure_reason == "The hub cannot read what it has stored.");
    CHECK_FALSE(b.hub.transfers().next_deadline());
}

} // namespace iothub::core
