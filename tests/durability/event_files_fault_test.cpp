// The files of events on a disk that fails, while that of hub.db does well: nobody is told that an
// event was kept that was not, reading goes on, and so does the hub when the disk does.

#include <limits>

#include "contract/store_subject.hpp"
#include "durability/faulty_disk.hpp"
#include "emulator/core/hub.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

using namespace iothub;
using namespace iothub::testing;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t for_good = std::numeric_limits<std::int64_t>::max();

struct fault {
    disk_operation kind;
    int code;
    const char* told;
};

struct reply : core::turn::participant {
    void turn_committed() override { sent = true; }
    void turn_failed(const error&) override { refused = true; }
    bool sent = false;
    bool refused = false;
};

struct world {
    std::unique_ptr<core::store> open() {
        return storage::open_sqlite_store(folder.path(), storage::durability::power, &log,
                                          disk_faults::calls())
            .value();
    }
    // True where the sender is told that it was kept.
    bool send(const std::string& device, const std::string& body) {
        core::event e;
        e.source = {device, ""};
        e.body = body;
        h->events().append(e);
        const auto waiting = std::make_shared<reply>();
        h->current_turn().join(waiting);
        h->end_turn();
        REQUIRE(waiting->sent != waiting->refused);
        return waiting->sent;
    }
    bool create(const std::string& device) {
        core::identity_request request;
        request.key = {device, ""};
        static_cast<void>(h->identities().put(request, {}));
        const auto waiting = std::make_shared<reply>();
        h->current_turn().join(waiting);
        h->end_turn();
        return waiting->sent;
    }
    std::vector<std::string> bodies(const std::string& device) {
        std::vector<std::string> found;
        std::uint64_t next = 0;
        for (const core::event& e : h->events().read(h->events().partition_of(device), 0, 1000)) {
            CHECK(e.sequence_number == next++);
            found.push_back(e.body);
        }
        return found;
    }
    void pass(ticks time) {
        clock.advance(time);
        h->advance();
        h->end_turn();
    }
    void restart() {
        h.reset();
        store.reset();
        store = open();
        h = std::make_unique<core::hub>(*store, clock, ids, log);
    }

    temporary_folder folder;
    disk_faults disk;
    test::manual_clock clock;
    test::fixed_ids ids;
    test::recording_log log;
    std::unique_ptr<core::store> store = open();
    std::unique_ptr<core::hub> h = std::make_unique<core::hub>(*store, clock, ids, log);
};

using texts = std::vector<std::string>;

// Two devices of different partitions.
constexpr const char* one = "one";
constexpr const char* two = "two";

} // namespace

TEST_CASE("telemetry that the disk does not take is not acknowledged, and the hub gets over it") {
    const fault what = GENERATE(fault{disk_operation::open, ENOSPC, "No space left"},
                                fault{disk_operation::open, EMFILE, "Too many open files"},
                                fault{disk_operation::write, ENOSPC, "No space left"},
                                fault{disk_operation::write, EIO, "Input/output error"},
                                fault{disk_operation::sync, EIO, "Input/output error"});
    CAPTURE(static_cast<int>(what.kind), what.code);
    world w;
    REQUIRE(w.h->events().partition_of(one) != w.h->events().partition_of(two));
    REQUIRE(w.create(one));
    REQUIRE(w.send(one, "1"));
    const std::string& sender = what.kind == disk_operation::open ? two : one; // whose file is new
    w.disk.order(what.kind, 1, for_good, what.code);
    CHECK_FALSE(w.send(sender, "refused"));
    CHECK_FALSE(w.send(sender, "refused again"));
    CHECK_THAT(w.h->trouble().value_or(""), Contains(what.told) && Contains("telemetry/"));

    CHECK(w.bodies(one) == texts{"1"});
    CHECK(w.h->twins().get({one, ""}));
    for (int second = 0; second < 5; ++second) {
        w.pass(1s);
        CHECK(w.h->trouble());
    }
    CHECK_FALSE(w.create("new"));
    CHECK(w.log.lines().size() == 1);

    w.disk.heal();
    w.pass(1s);
    CHECK_FALSE(w.h->trouble());
    CHECK_THAT(w.log.last(), Contains("is kept again; turns that were lost: 3"));
    CHECK(w.create("new"));
    CHECK(w.send(sender, "next"));
    CHECK(w.send(one, "last"));
    const texts kept = sender == one ? texts{"1", "next", "last"} : texts{"1", "last"};
    CHECK(w.bodies(one) == kept);
    CHECK(w.bodies(sender).back() == (sender == one ? "last" : "next"));
    w.restart();
    CHECK(w.bodies(one) == kept);
    CHECK_FALSE(w.log.mentions("missing or damaged"));
}

TEST_CASE("telemetry is kept by a write that needs several attempts") {
    const fault what =
        GENERATE(fault{disk_operation::short_write, 0, ""}, fault{disk_operation::write, EINTR, ""},
                 fault{disk_operation::read, EINTR, ""});
    world w;
    w.disk.order(what.kind, 1, 5, what.code);
    CHECK(w.send(one, std::string(1000, 'x')));
    CHECK(w.bodies(one) == texts{std::string(1000, 'x')});
    CHECK(w.disk.faults() == 5);
    w.restart();
    CHECK(w.bodies(one) == texts{std::string(1000, 'x')});
}

TEST_CASE("telemetry that cannot be read just now is not lost") {
    const fault what = GENERATE(fault{disk_operation::open, EMFILE, "Too many open files"},
                                fault{disk_operation::read, EIO, "Input/output error"});
    world w;
    REQUIRE(w.send(one, "1"));
    w.restart();
    w.disk.order(what.kind, 1, for_good, what.code);
    CHECK_THROWS_WITH(w.bodies(one), Contains("cannot read") && Contains(what.told));
    CHECK_THROWS_AS(w.bodies(one), core::store_fault);
    w.disk.heal();
    CHECK(w.bodies(one) == texts{"1"});
    CHECK_FALSE(w.log.mentions("missing or damaged"));
}

TEST_CASE("a new file counts only when its folder was synced, too") {
    world w;
    w.disk.order(disk_operation::sync, 1, 1);
    CHECK_FALSE(w.send(one, "1"));
    w.disk.order(disk_operation::sync, 2, 1);
    CHECK_FALSE(w.send(one, "2")); // both folders again, before the file
    CHECK(w.disk.faults() == 1);
    CHECK(w.send(one, "3"));
    CHECK(w.bodies(one) == texts{"3"});
}
