#include "emulator/core/sessions/session_backlog.hpp"

#include "emulator/core/hub.hpp"
#include "support/catch.hpp"
#include "support/faulty_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

const identity_key device{"d", ""};

// A hub with a device, on a disk that can be full.
struct world : test::faulty_hub {
    test::recording_link link;

    world() {
        create("d");
        h.end_turn();
    }

    void create(const std::string& id) {
        static_cast<void>(h.identities().put({.key = {id, ""}}, {}).value());
    }
    activity kept(const identity_key& key = device) {
        return memory.find_identity(key).value().activity;
    }
    activity shown() { return h.identities().get(device).value().activity; }
    // And the hub has noticed.
    void disk_fills() {
        store.disk_full = true;
        clock.advance(10s);
        h.sessions().touch(device);
        h.end_turn();
        REQUIRE(h.trouble());
    }
    void pass(ticks time) {
        clock.advance(time);
        h.end_turn();
    }
};

struct outcome final : turn::participant {
    void turn_committed() override { said += "kept "; }
    void turn_failed(const error&) override { said += "failed "; }
    std::string said;
};

} // namespace

TEST_CASE("who connects while the disk is full is let in, and it is kept later", "[activity]") {
    world w;
    const auto session = std::make_shared<outcome>();
    w.store.disk_full = true;
    w.h.sessions().connect(device, w.link);
    w.h.current_turn().join(session);
    w.h.end_turn();
    CHECK(session->said == "kept ");
    CHECK(w.h.sessions().find(device) == &w.link);
    const activity connected{w.clock.now(), w.clock.now()};
    CHECK(w.shown() == connected);
    CHECK(w.kept() == activity{});

    w.store.disk_full = false;
    w.pass(1s);
    CHECK(w.kept() == connected);
    w.pass(1s);
    CHECK_FALSE(w.h.next_deadline());
}

TEST_CASE("what is not kept yet of an ended session is shown", "[activity]") {
    world w;
    w.h.sessions().connect(device, w.link);
    w.h.end_turn();
    w.clock.advance(100ms);
    w.h.sessions().disconnected(device, w.link);
    w.h.end_turn();
    const timestamp ended = w.clock.now();
    CHECK(w.shown() == activity{ended, ended - 100ms});
    CHECK(w.kept() == activity{ended - 100ms, ended - 100ms});
    CHECK(w.h.next_deadline() == ended + 900ms);
    w.h.sessions().touch(device);
    CHECK(w.shown() == activity{ended, ended});
    w.pass(900ms);
    CHECK(w.kept() == activity{ended, ended});
}

TEST_CASE("a hub that ends writes what waits", "[activity]") {
    world w;
    w.h.sessions().connect(device, w.link);
    w.h.end_turn();
    w.clock.advance(100ms);
    w.h.sessions().disconnected(device, w.link);
    w.h.write_what_waits();
    CHECK(w.kept() == w.shown());
    CHECK(w.kept().connection_state_updated == w.clock.now());
}

TEST_CASE("a hub that ends on a full disk gives up", "[activity]") {
    world w;
    w.h.sessions().connect(device, w.link);
    w.store.disk_full = true;
    w.h.write_what_waits();
    CHECK(w.kept() == activity{});
}

TEST_CASE("more than can be written at once follows at once", "[activity]") {
    world w;
    const std::size_t many = 2 * session_backlog::max_at_once + 1;
    for (std::size_t i = 0; i < many; ++i) {
        w.create("many" + std::to_string(i));
        w.h.sessions().touch({"many" + std::to_string(i), ""});
    }
    std::size_t turns = 0;
    do {
        w.h.end_turn();
        ++turns;
    } while (w.h.next_deadline() && *w.h.next_deadline() <= w.clock.now());
    CHECK(turns == 3);
    for (const std::size_t i : {std::size_t{0}, std::size_t{999}, many - 1}) {
        CHECK(w.kept({"many" + std::to_string(i), ""}).last_activity == w.clock.now());
    }
    w.h.sessions().touch({"many0", ""});
    w.h.end_turn();
    CHECK(w.h.next_deadline() == w.clock.now() + session_backlog::pause);
}

TEST_CASE("an identity that is made anew has no activity of the one before", "[activity]") {
    world w;
    REQUIRE(w.h.identities().put({.key = {"d", "m"}}, {}));
    w.create("d2");
    w.h.sessions().touch({"d", "m"});
    w.h.sessions().touch(device);
    w.h.sessions().touch({"d2", ""});
    REQUIRE(w.h.identities().remove(device, precondition::anything()));
    w.create("d");
    REQUIRE(w.h.identities().put({.key = {"d", "m"}}, {}));
    w.pass(1s);
    CHECK(w.kept() == activity{});
    CHECK(w.kept({"d", "m"}) == activity{});
    CHECK(w.kept({"d2", ""}).last_activity == w.clock.now() - 1s);
}

TEST_CASE("what a lasting session subscribes to on a full disk is known, and kept later",
          "[activity]") {
    world w;
    session_table& sessions = w.h.sessions();
    sessions.keep_subscriptions(device, "1", 5);
    w.h.end_turn();
    w.disk_fills();
    const auto session = std::make_shared<outcome>();
    sessions.keep_subscriptions(device, "1", 3);
    w.h.current_turn().join(session);
    w.h.end_turn();
    CHECK(session->said == "kept ");
    CHECK(sessions.kept_subscriptions(device, "1") == 3);
    CHECK(w.memory.find_record("subscriptions/d") == "1 5");
    w.store.disk_full = false;
    w.pass(1s);
    CHECK(w.memory.find_record("subscriptions/d") == "1 3");
    CHECK(sessions.kept_subscriptions(device, "1") == 3);
    w.disk_fills();
    sessions.forget_subscriptions(device);
    CHECK_FALSE(sessions.kept_subscriptions(device, "1"));
    w.store.disk_full = false;
    w.pass(1s);
    CHECK_FALSE(w.memory.find_record("subscriptions/d"));
}

TEST_CASE("subscriptions that wait go with their identity", "[activity]") {
    world w;
    REQUIRE(w.h.identities().put({.key = {"d", "m"}}, {}));
    w.disk_fills();
    w.h.sessions().keep_subscriptions(device, "1", 3);
    w.h.sessions().keep_subscriptions({"d", "m"}, "1", 3);
    w.store.disk_full = false;
    REQUIRE(w.h.identities().remove(device, precondition::anything()));
    w.pass(1s);
    w.pass(1s);
    CHECK(w.memory.list_records("subscriptions/").empty());
}

TEST_CASE("activity that could not be kept keeps a turn that follows", "[activity]") {
    world w;
    const auto session = std::make_shared<outcome>();
    w.store.disk_full = true;
    w.h.sessions().touch(device);
    w.h.end_turn();
    w.store.disk_full = false;
    w.create("e");
    w.h.current_turn().join(session);
    w.h.end_turn();
    CHECK(session->said == "kept ");
    CHECK(w.memory.find_identity({"e", ""}));
}

} // namespace iothub::core
