// A full disk costs the turns that do not fit, whole, and nothing else.
#include <signal.h>
#include <sys/resource.h>

#include "contract/store_snapshot.hpp"
#include "contract/store_subject.hpp"
#include "emulator/storage/sqlite/database_file.hpp"
#include "emulator/storage/sqlite/sqlite_store.hpp"

using namespace iothub;
using namespace iothub::testing;
using Catch::Matchers::Contains;

namespace {

// Files of this process cannot grow beyond `bytes` while this lives.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes) {
        previous_ = ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit lowered{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &lowered);
    }
    ~file_size_limit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, previous_);
    }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;

private:
    rlimit before_{};
    void (*previous_)(int) = SIG_DFL;
};

// A turn of about `bytes`, with every kind of write in it.
void write_turn(core::store& store, int number, std::size_t bytes) {
    const std::string id = "device-" + std::to_string(number);
    store.put_identity(make_identity(id));
    core::twin twin = core::make_twin({id, ""}, at(0));
    twin.tags = json{{"filling", std::string(bytes, 'x')}};
    store.put_twin(twin);
    const core::partition_state state = store.describe_partition(0);
    store.append_events(0, make_block(state.next_sequence_number, 1, state.next_offset, "event"));
    store.put_record("one", id);
}

void check_refused(core::store& store, int number, std::size_t bytes) {
    const store_snapshot before = take_snapshot(store);
    write_turn(store, number, bytes);
    store.put_record("two", "after the fault");
    const auto outcome = store.commit();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == errc::service_unavailable);
    CHECK(outcome.error().message == "the hub could not store the change");
    CHECK_THAT(outcome.error().detail, Contains("SQLite"));
    CHECK(take_snapshot(store) == before);
}

void check_kept(core::store& store, int number, std::size_t bytes) {
    write_turn(store, number, bytes);
    REQUIRE(store.commit());
    CHECK(store.find_record("one") == "device-" + std::to_string(number));
}

} // namespace

TEST_CASE("a turn that does not fit is undone, and the store goes on") {
    temporary_folder folder;
    const auto file = folder / "hub.db";
    storage::create_database_file(file);
    auto opened = storage::open_for_writing(file, storage::durability::process);
    storage::database& db = *opened;
    storage::sqlite_store store(std::move(opened));
    const auto limit_pages = [&](std::int64_t pages) {
        db.execute("PRAGMA max_page_count = " + std::to_string(pages));
    };

    check_kept(store, 1, 100);
    limit_pages(db.integer("PRAGMA page_count") + 10);
    check_refused(store, 2, 200'000);
    check_refused(store, 2, 200'000);
    check_kept(store, 3, 100); // little still fits
    limit_pages(1'000'000);
    check_kept(store, 4, 200'000);
    CHECK(store.count_identities() == core::identity_counts{3, 3, 0});
}

TEST_CASE("a log that cannot grow costs its turn only, and nothing once there is room") {
    temporary_folder folder;
    store_snapshot kept;
    {
        const auto store = open_store(folder.path());
        check_kept(*store, 1, 100);
        {
            const file_size_limit limit(256 << 10);
            check_refused(*store, 2, 400'000);
            check_refused(*store, 3, 400'000);
        }
        check_kept(*store, 4, 400'000);
        kept = take_snapshot(*store);
    }
    const auto store = open_store(folder.path());
    CHECK(take_snapshot(*store) == kept);
    CHECK(store->describe_partition(0).next_sequence_number == 2);
}

// As SQLite may do after a fault, even of a read.
TEST_CASE("a turn whose transaction ended by itself is not taken for kept") {
    temporary_folder folder;
    const auto file = folder / "hub.db";
    storage::create_database_file(file);
    auto opened = storage::open_for_writing(file, storage::durability::process);
    storage::database& db = *opened;
    storage::sqlite_store store(std::move(opened));

    const bool writes_on = GENERATE(false, true);
    store.put_record("one", "1");
    db.execute("ROLLBACK");
    if (writes_on) {
        store.put_record("two", "2");
    }
    CHECK_FALSE(store.commit());
    CHECK_FALSE(store.find_record("one"));
    CHECK_FALSE(store.find_record("two"));
    check_kept(store, 1, 100);
}
