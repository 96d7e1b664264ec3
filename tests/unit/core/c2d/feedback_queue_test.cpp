// Receivers of feedback: batches, locks, turns.
#include "emulator/core/c2d/feedback_queue.hpp"

#include <memory>
#include <string>

#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct waiting_one : core::queue_locks::watcher {
    void available() override { ++told; }
    int told = 0;
};

struct bench : c2d_bench {
    explicit bench(core::lock_settings how = {})
        : queue(store, clock, ids, how) {}

    // Messages end, and their senders want to know.
    void end(int count) {
        for (int i = 0; i < count; ++i) {
            send(std::to_string(++sent), feedback_wanted::full);
            CHECK(c2d().purge(device) == 1);
        }
        end_turn();
    }

    void end_turn() {
        hub->end_turn();
        queue.turn_committed();
    }
    void lose_turn() {
        store.commits_fail = true;
        hub->end_turn();
        store.commits_fail = false;
        queue.turn_failed();
    }

    // The numbers of the records that somebody gets, such as "1 2 ".
    std::string receive(std::size_t most = core::feedback_queue::max_batch) {
        const auto batch = queue.receive(most);
        if (!batch) {
            return "nothing";
        }
        last = batch->lock_token;
        std::string numbers;
        for (const core::feedback_record& record : batch->records) {
            numbers += std::to_string(record.sequence_number) + " ";
        }
        return numbers;
    }

    std::size_t kept() { return store.list_feedback(1000).size(); }

    core::feedback_queue queue;
    std::string last;
    int sent = 0;
};

} // namespace

TEST_CASE("a batch is locked for the one who got it", "[c2d]") {
    bench b;
    CHECK(b.receive() == "nothing");
    b.end(3);
    CHECK(b.receive(2) == "1 2 ");
    const std::string first = b.last;
    CHECK(b.receive(2) == "3 ");
    CHECK(b.last != first);
    CHECK(b.receive(2) == "nothing");
    CHECK(b.queue.complete(first));
    CHECK(b.kept() == 1);
    CHECK(b.queue.complete(b.last));
    CHECK(b.kept() == 0);
    CHECK(b.receive() == "nothing");
}

TEST_CASE("a batch has 64 records at most, the oldest ones, and the time of the newest", "[c2d]") {
    bench b;
    b.end(63);
    b.clock.advance(5s);
    b.end(3);
    const auto batch = b.queue.receive(1000);
    REQUIRE(batch);
    CHECK(batch->lock_token.size() == 36);
    CHECK(batch->records.size() == 64);
    CHECK(batch->records.front().sequence_number == 1);
    CHECK(batch->enqueued == b.clock.now());
    CHECK(b.receive() == "65 66 ");
    CHECK(b.receive(0) == "nothing");
}

TEST_CASE("abandoned records come again, ten times at most", "[c2d]") {
    bench b;
    b.end(2);
    for (int i = 0; i < 9; ++i) {
        CHECK(b.receive() == "1 2 ");
        CHECK(b.queue.abandon(b.last));
    }
    CHECK(b.receive(1) == "1 ");
    CHECK(b.queue.abandon(b.last));
    CHECK(b.kept() == 1);
    CHECK(b.receive() == "2 ");
}

TEST_CASE("a lock lasts a minute, and its end counts for nothing", "[c2d]") {
    bench b({.max_delivery_count = 1});
    b.end(1);
    CHECK_FALSE(b.queue.next_deadline());
    CHECK(b.receive() == "1 ");
    CHECK(b.queue.next_deadline() == b.clock.now() + 60s);
    b.clock.advance(59s);
    CHECK(b.receive() == "nothing");
    b.clock.advance(1s);
    const std::string lost = b.last;
    CHECK(b.receive() == "1 ");
    CHECK(b.queue.complete(lost).error().code == errc::device_message_lock_lost);
    CHECK(b.queue.abandon(lost).error().code == errc::device_message_lock_lost);
    CHECK(b.queue.complete(b.last));
}

TEST_CASE("tokens that lock nothing", "[c2d]") {
    bench b;
    b.end(1);
    CHECK(b.receive() == "1 ");
    CHECK(b.queue.complete("").error().code == errc::device_message_lock_lost);
    CHECK(b.queue.abandon("no-lock").error().code == errc::device_message_lock_lost);
    CHECK(b.queue.complete(b.last));
    CHECK(b.queue.complete(b.last).error().code == errc::device_message_lock_lost);
    CHECK(b.queue.abandon(b.last).error().code == errc::device_message_lock_lost);
}

TEST_CASE("records are received within an hour; a locked one may still be settled", "[c2d]") {
    bench b({.lock = 7200s});
    b.end(1);
    CHECK(b.receive() == "1 ");
    const std::string first = b.last;
    b.clock.advance(30min);
    b.end(70);
    b.clock.advance(45min);
    b.end(1);
    CHECK(b.kept() == 72);
    b.clock.advance(15min); // those in the middle are over now
    CHECK(b.receive() == "72 ");
    CHECK(b.kept() == 2);
    CHECK(b.queue.complete(b.last));
    b.clock.advance(20min);
    CHECK(b.receive() == "nothing");
    CHECK(b.kept() == 1);
    CHECK(b.queue.abandon(first));
    CHECK(b.receive() == "nothing");
    CHECK(b.kept() == 0);
}

TEST_CASE("a device takes its feedback with it, locked or not", "[c2d]") {
    bench b;
    b.end(2);
    CHECK(b.receive(1) == "1 ");
    REQUIRE(b.hub->identities().remove(device, core::precondition::anything()));
    b.end_turn();
    CHECK(b.kept() == 0);
    CHECK(b.receive() == "nothing");
    CHECK(b.queue.complete(b.last));
}

TEST_CASE("a lost turn has received, completed and abandoned nothing", "[c2d]") {
    bench b({.max_delivery_count = 2});
    b.end(3);
    CHECK(b.receive(1) == "1 ");
    b.lose_turn();
    CHECK(b.receive(1) == "1 ");
    b.end_turn();
    CHECK(b.queue.complete(b.last));
    b.lose_turn();
    CHECK(b.kept() == 3);
    CHECK(b.receive(1) == "2 "); // the first is still locked
    b.lose_turn();
    CHECK(b.queue.abandon(b.last).error().code == errc::device_message_lock_lost);
    CHECK(b.receive() == "2 3 ");
    b.end_turn();
    CHECK(b.queue.abandon(b.last));
    b.lose_turn();
    CHECK(b.queue.abandon(b.last)); // the first time that counts
    b.end_turn();
    CHECK(b.receive() == "2 3 ");
    CHECK(b.queue.abandon(b.last));
    b.end_turn();
    CHECK(b.kept() == 1);
}

TEST_CASE("who waits for feedback is told when there may be some", "[c2d]") {
    bench b;
    const auto one = std::make_shared<waiting_one>();
    const auto pass = [&b](std::chrono::seconds time) {
        b.clock.advance(time);
        b.queue.advance(b.clock.now());
    };
    b.queue.watch(one);
    CHECK_FALSE(b.queue.next_deadline());
    b.queue.added();
    CHECK(one->told == 0);
    CHECK(b.queue.next_deadline() == never);
    pass(0s);
    CHECK(one->told == 1);
    CHECK_FALSE(b.queue.next_deadline());
    b.end(1);
    b.receive();
    CHECK(b.queue.abandon(b.last));
    pass(0s);
    CHECK(one->told == 2);
    b.receive();
    pass(59s);
    CHECK(one->told == 2);
    pass(1s);
    CHECK(one->told == 3);
    CHECK_FALSE(b.queue.next_deadline());
    b.receive();
    CHECK(b.queue.complete(b.last));
    pass(0s);
    CHECK(one->told == 3);
}

TEST_CASE("the end of a lock that somebody else noticed is told too", "[c2d]") {
    bench b;
    const auto one = std::make_shared<waiting_one>();
    b.queue.watch(one);
    b.end(2);
    CHECK(b.receive(1) == "1 ");
    b.clock.advance(60s);
    CHECK(b.receive(1) == "1 ");
    CHECK(b.queue.next_deadline() == never);
    b.queue.advance(b.clock.now());
    CHECK(one->told == 1);
}

TEST_CASE("several wait for feedback, as long as they live, and take turns", "[c2d]") {
    struct receiver : core::queue_locks::watcher {
        receiver(char called, std::string& to)
            : name(called)
            , order(to) {}
        void available() override { order += name; }
        char name;
        std::string& order;
    };
    bench b;
    std::string order;
    const auto first = std::make_shared<receiver>('a', order);
    auto second = std::make_shared<receiver>('b', order);
    b.queue.watch(first);
    b.queue.watch(second);
    const auto tell = [&b] {
        b.queue.added();
        b.queue.advance(b.clock.now());
    };
    tell();
    tell();
    tell();
    CHECK(order == "abbaab");
    second.reset();
    tell();
    CHECK(order == "abbaaba");
}

TEST_CASE("nobody waits: nothing is due", "[c2d]") {
    bench b;
    b.queue.added();
    CHECK_FALSE(b.queue.next_deadline());
    {
        const auto gone = std::make_shared<waiting_one>();
        b.queue.watch(gone);
    }
    b.queue.advance(b.clock.now());
    b.queue.added();
    CHECK_FALSE(b.queue.next_deadline());
}

TEST_CASE("what is given back waits again, and that does not count", "[c2d]") {
    bench b({.max_delivery_count = 1});
    b.end(1);
    CHECK(b.receive() == "1 ");
    CHECK(b.queue.give_back(b.last));
    CHECK(b.queue.give_back(b.last).error().code == errc::device_message_lock_lost);
    CHECK(b.receive() == "1 ");
    CHECK(b.queue.abandon(b.last));
    CHECK(b.receive() == "nothing");
}

TEST_CASE("a store that cannot be read locks nothing", "[c2d]") {
    bench b;
    b.end(1);
    b.store.reads_fail = true;
    CHECK_THROWS_AS(b.queue.receive(), core::store_fault);
    b.store.reads_fail = false;
    CHECK(b.receive() == "1 ");
}

TEST_CASE("the hub tells its queue of ended messages and turns", "[c2d]") {
    bench b;
    const auto one = std::make_shared<waiting_one>();
    b.hub->feedback().watch(one);
    b.end(1);
    CHECK(one->told == 0);
    b.pass(0s);
    CHECK(one->told == 1);
    const auto batch = b.hub->feedback().receive();
    REQUIRE(batch);
    b.store.commits_fail = true;
    b.hub->end_turn();
    b.store.commits_fail = false;
    b.pass(0s); // what the turn had locked may be had again
    CHECK(one->told == 2);
    CHECK_FALSE(b.hub->feedback().next_deadline());
    CHECK(b.hub->feedback().receive());
    b.hub->end_turn();
    CHECK(b.hub->feedback().next_deadline() == b.clock.now() + 60s);
    b.pass(60s);
    CHECK(one->told == 3);
    CHECK(b.hub->feedback().receive());
}
