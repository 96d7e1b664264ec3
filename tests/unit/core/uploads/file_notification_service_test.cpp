// From a finished upload to what a receiver gets: the storage is asked, locks, turns, restarts.
#include "emulator/core/uploads/file_notification_service.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/fake_blob_storage.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

const identity_key device{"dev1", ""};

blob_storage azurite() {
    return {"127.0.0.1:10000", "acc", true, "uploads", "MDEyMzQ1Njc4OWFiY2RlZg==", true};
}

struct world {
    test::manual_clock clock;
    test::fixed_ids ids;
    test::recording_log log;
    storage::memory_store kept;
    test::faulty_store store{kept};
    test::fake_blob_storage blobs;
    std::optional<file_notification_service> service;

    explicit world(std::optional<blob_storage> where = azurite()) { start(std::move(where)); }

    void start(std::optional<blob_storage> where = azurite()) {
        service.emplace(store, clock, ids, log, std::move(where));
        service->reach(blobs);
    }

    bool end_turn() {
        const bool done = store.commit().has_value();
        if (done) {
            service->turn_committed();
        } else {
            service->turn_failed();
        }
        return done;
    }

    // What is due now, and the storage's answers.
    void run() {
        do {
            service->advance(clock.now());
            while (blobs.waits()) {
                blobs.answer();
            }
        } while (service->next_deadline() == never);
    }

    void upload(const std::string& name, const std::string& bytes) {
        blobs.blobs[name] = bytes;
        service->uploaded(device, name);
    }

    // "dev1/a (3)", or "nothing".
    std::string receive() {
        const auto batch = service->queue().receive(1);
        if (!batch) {
            return "nothing";
        }
        last = batch->lock_token;
        const file_notification& one = batch->records.front();
        return one.blob_name + " (" + std::to_string(one.blob_size.value()) + ")";
    }
    std::string last;
};

} // namespace

TEST_CASE("an upload is told of, with the size that the storage tells", "[uploads]") {
    world w;
    CHECK_FALSE(w.service->next_deadline());
    w.clock.advance(1500ms);
    w.upload("dev1/logs/a b.txt", "abc");
    CHECK(w.receive() == "nothing");
    w.run();
    const auto batch = w.service->queue().receive(1);
    REQUIRE(batch);
    const file_notification& told = batch->records.front();
    CHECK(told.device_id == "dev1");
    CHECK(told.blob_name == "dev1/logs/a b.txt");
    CHECK(told.blob_uri == "https://127.0.0.1:10000/acc/uploads/dev1/logs/a%20b.txt");
    CHECK(told.blob_size == 3);
    CHECK(told.enqueued == w.clock.now());
    CHECK(told.updated == std::chrono::floor<std::chrono::seconds>(w.clock.now()));
    CHECK(w.blobs.asked == std::vector<std::string>{"read dev1/logs/a b.txt"});
}

TEST_CASE("of Azure's own storage the account is in the host", "[uploads]") {
    blob_storage real = azurite();
    real.host = "acc.blob.core.windows.net";
    real.account_in_path = false;
    world w(real);
    w.upload("dev1/a", "");
    w.run();
    CHECK(w.service->queue().receive(1)->records.front().blob_uri ==
          "https://acc.blob.core.windows.net/uploads/dev1/a");
}

TEST_CASE("nobody wants notifications: there are none", "[uploads]") {
    blob_storage silent = azurite();
    silent.notifications = false;
    for (const auto& where : {std::optional(silent), std::optional<blob_storage>()}) {
        world w(where);
        CHECK_FALSE(w.service->enabled());
        w.upload("dev1/a", "abc");
        CHECK_FALSE(w.service->next_deadline());
        CHECK(w.kept.list_records("").empty());
    }
}

TEST_CASE("what the storage does not tell is 0, and the log says why", "[uploads]") {
    world w;
    w.service->uploaded(device, "dev1/gone");
    w.run();
    CHECK(w.receive() == "dev1/gone (0)");
    CHECK(w.log.mentions("dev1/gone"));
}

TEST_CASE("a storage that cannot be reached", "[uploads]") {
    world w;
    w.service.emplace(w.store, w.clock, w.ids, w.log, azurite());
    w.service->uploaded(device, "dev1/a");
    w.run();
    CHECK(w.receive() == "dev1/a (0)");
    CHECK(w.log.mentions("cannot reach blob storage"));
}

TEST_CASE("blobs are asked for one by one, and told in their order", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.upload("dev1/b", "22");
    w.service->advance(w.clock.now());
    w.service->advance(w.clock.now());
    CHECK(w.blobs.asked.size() == 1);
    w.run();
    CHECK(w.receive() == "dev1/a (1)");
    CHECK(w.receive() == "dev1/b (2)");
    CHECK(w.receive() == "nothing");
}

TEST_CASE("a notification is dropped when it was abandoned a hundred times", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.run();
    for (int i = 0; i < 100; ++i) {
        REQUIRE(w.receive() == "dev1/a (1)");
        REQUIRE(w.service->queue().abandon(w.last));
    }
    CHECK(w.receive() == "nothing");
    CHECK(w.kept.list_records("").empty());
}

TEST_CASE("notifications wait for an hour, locked ones for a minute", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.run();
    CHECK(w.receive() == "dev1/a (1)");
    CHECK(w.service->next_deadline() == w.clock.now() + 60s);
    w.clock.advance(60s);
    CHECK(w.receive() == "dev1/a (1)");
    w.clock.advance(59min);
    CHECK(w.receive() == "nothing");
    CHECK(w.kept.list_records("").empty());
}

TEST_CASE("what waits outlasts the hub, what has no size is asked for then", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.upload("dev1/b", "22");
    w.service->advance(w.clock.now());
    w.blobs.answer();
    w.service->advance(w.clock.now()); // the second is asked for, and the hub stops
    w.service->interrupt();
    CHECK(w.service->next_deadline() != never);
    REQUIRE(w.end_turn());
    w.start();
    CHECK(w.receive() == "dev1/a (1)");
    CHECK(w.receive() == "nothing");
    w.run();
    CHECK(w.receive() == "dev1/b (2)");
    w.upload("dev1/c", "333");
    w.run();
    CHECK(w.receive() == "dev1/c (3)");
}

TEST_CASE("a lost turn has told nothing, and completed nothing", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.store.commits_fail = true;
    CHECK_FALSE(w.end_turn());
    w.run();
    CHECK(w.receive() == "nothing");
    w.store.commits_fail = false;
    w.upload("dev1/b", "22");
    w.run();
    CHECK(w.receive() == "dev1/b (2)");
    REQUIRE(w.end_turn());
    REQUIRE(w.service->queue().complete(w.last));
    w.store.commits_fail = true;
    CHECK_FALSE(w.end_turn());
    CHECK(w.receive() == "nothing"); // still locked
    REQUIRE(w.service->queue().abandon(w.last));
    CHECK(w.receive() == "dev1/b (2)");
}

TEST_CASE("a size that could not be kept is asked for again", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    REQUIRE(w.end_turn());
    w.run();
    w.store.commits_fail = true;
    CHECK_FALSE(w.end_turn());
    CHECK(w.receive() == "nothing");
    w.run();
    CHECK(w.receive() == "dev1/a (1)");
}

TEST_CASE("so many notifications wait, and not more", "[uploads]") {
    world w;
    for (std::size_t i = 0; i <= file_notification_queue::max_kept; ++i) {
        file_notification one;
        one.blob_name = std::to_string(i);
        one.enqueued = w.clock.now();
        one.blob_size = 0;
        w.service->queue().add(one);
    }
    CHECK(w.kept.list_records("").size() == file_notification_queue::max_kept);
    CHECK(w.receive() == "1 (0)");
}

TEST_CASE("what is over makes room even where nobody receives", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.clock.advance(1h);
    w.upload("dev1/b", "1");
    CHECK(w.kept.list_records("").size() == 1);
}

TEST_CASE("a hub that begins anew has nothing to tell", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.upload("dev1/b", "1");
    w.service->advance(w.clock.now());
    w.service->clear();
    w.run();
    CHECK(w.receive() == "nothing");
    CHECK(w.kept.list_records("").empty());
}

TEST_CASE("a kept text that is no notification is passed over", "[uploads]") {
    world w;
    w.upload("dev1/a", "1");
    w.run();
    w.kept.put_record("file-notifications/00000000000000000000", "broken");
    w.start();
    CHECK(w.receive() == "dev1/a (1)");
}

} // namespace iothub::core
