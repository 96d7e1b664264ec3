#include "emulator/core/sessions/session_table.hpp"

#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

const identity_key device{"d", ""};

struct world : test::memory_hub {
    world() { create(device); }

    identity shown() { return hub.identities().get(device).value(); }
    activity kept() {
        hub.write_what_waits();
        return store.find_identity(device).value().activity;
    }

    session_table& sessions = hub.sessions();
    test::recording_link link;
};

} // namespace

TEST_CASE("an identity is connected from connect to disconnected", "[sessions]") {
    world w;
    CHECK_FALSE(w.shown().connected);
    w.sessions.connect(device, w.link);
    CHECK(w.shown().connected);
    CHECK(w.sessions.find(device) == &w.link);
    CHECK(w.sessions.size() == 1);
    w.sessions.disconnected(device, w.link);
    CHECK_FALSE(w.shown().connected);
    CHECK(w.sessions.find(device) == nullptr);
    CHECK(w.sessions.size() == 0);
    CHECK(w.link.disconnects.empty());
}

TEST_CASE("the newest connection wins and the older one is told why", "[sessions]") {
    world w;
    test::recording_link newer;
    w.sessions.connect(device, w.link);
    w.sessions.connect(device, newer);
    CHECK(w.link.disconnects == std::vector{errc::connection_forcefully_closed_on_new_connection});
    CHECK(newer.disconnects.empty());
    CHECK(w.sessions.find(device) == &newer);
    CHECK(w.sessions.size() == 1);
}

TEST_CASE("the late end of an older connection does not end the newer one", "[sessions]") {
    world w;
    test::recording_link newer;
    w.sessions.connect(device, w.link);
    w.sessions.connect(device, newer);
    const activity before = w.kept();
    w.clock.advance(5s);
    w.sessions.disconnected(device, w.link);
    CHECK(w.sessions.find(device) == &newer);
    CHECK(w.shown().connected);
    CHECK(w.kept() == before);
}

TEST_CASE("connected devices are counted without modules", "[sessions]") {
    world w;
    test::recording_link module;
    w.sessions.connect({"d", "m"}, module);
    CHECK(w.sessions.connected_devices() == 0);
    w.sessions.connect(device, w.link);
    CHECK(w.sessions.connected_devices() == 1);
    CHECK(w.sessions.size() == 2);
    w.sessions.disconnected(device, w.link);
    CHECK(w.sessions.connected_devices() == 0);
}

TEST_CASE("an end that comes twice counts once", "[sessions]") {
    world w;
    w.sessions.connect(device, w.link);
    w.sessions.disconnected(device, w.link);
    const activity after = w.kept();
    w.clock.advance(5s);
    w.sessions.disconnected(device, w.link);
    CHECK(w.kept() == after);
}

TEST_CASE("connecting, sending and disconnecting leave their times", "[sessions]") {
    world w;
    const timestamp connected_at = w.clock.now();
    w.sessions.connect(device, w.link);
    CHECK(w.shown().activity == activity{connected_at, connected_at});
    CHECK(w.kept() == activity{connected_at, connected_at});

    w.clock.advance(10s);
    const timestamp sent_at = w.clock.now();
    w.sessions.touch(device);
    CHECK(w.shown().activity == activity{connected_at, sent_at});

    w.clock.advance(10s);
    w.sessions.disconnected(device, w.link);
    CHECK(w.shown().activity == activity{w.clock.now(), sent_at});
    CHECK(w.kept() == activity{w.clock.now(), sent_at});
}

TEST_CASE("who sends without a session is active, and not connected", "[sessions]") {
    world w;
    w.sessions.touch(device);
    CHECK(w.shown().activity == activity{never, w.clock.now()});
    CHECK_FALSE(w.shown().connected);
    w.sessions.touch({"nobody", ""});
}

TEST_CASE("activity moves no etag", "[sessions]") {
    world w;
    const identity before = w.shown();
    const twin twin_before = w.twin(device);
    w.sessions.connect(device, w.link);
    w.sessions.touch(device);
    w.sessions.disconnected(device, w.link);
    CHECK(w.shown().etag == before.etag);
    CHECK(w.twin(device) == twin_before);
}

TEST_CASE("the hub ends the session of a module alone, of a device with its modules",
          "[sessions]") {
    world w;
    test::recording_link module;
    test::recording_link other;
    const error reason{errc::device_disabled, "disabled"};
    w.sessions.connect(device, w.link);
    w.sessions.connect({"d", "m"}, module);
    w.sessions.connect({"dd", ""}, other);
    w.sessions.disconnect({"d", "m"}, reason);
    CHECK(module.disconnects == std::vector{errc::device_disabled});
    CHECK(w.link.disconnects.empty());
    w.sessions.connect({"d", "m"}, module);
    w.sessions.disconnect(device, reason);
    CHECK(w.link.disconnects == std::vector{errc::device_disabled});
    CHECK(module.disconnects.size() == 2);
    CHECK(other.disconnects.empty());
    CHECK(w.sessions.size() == 1);
}

TEST_CASE("a session that the hub ends is already forgotten when it is told", "[sessions]") {
    struct asking_link final : device_link {
        void desired_changed(std::uint64_t, std::string_view) override {}
        delivery_answer call_method(std::string_view, std::string_view, std::string_view) override {
            return delivery_answer::not_subscribed;
        }
        delivery_answer deliver(const c2d_delivery&) override {
            return delivery_answer::not_subscribed;
        }
        void disconnect(const error&) override { found_itself = sessions->find(device) != nullptr; }
        session_table* sessions = nullptr;
        bool found_itself = true;
    };
    world w;
    asking_link link;
    link.sessions = &w.sessions;
    w.sessions.connect(device, link);
    w.sessions.disconnect(device, {errc::device_disabled, "disabled"});
    CHECK_FALSE(link.found_itself);
}

TEST_CASE("subscriptions that are kept already are not written again", "[sessions]") {
    world w;
    const auto commits_of = [&](unsigned subscriptions) {
        const std::uint64_t before = w.hub.count().commits;
        w.sessions.keep_subscriptions(device, "1", subscriptions);
        w.hub.end_turn();
        return w.hub.count().commits - before;
    };
    w.hub.end_turn();
    CHECK(commits_of(3) == 1);
    CHECK(commits_of(3) == 0);
    CHECK(commits_of(1) == 1);
    CHECK(w.sessions.kept_subscriptions(device, "1") == 1);
}

TEST_CASE("ending a session that does not exist does nothing", "[sessions]") {
    world w;
    w.sessions.connect(device, w.link);
    w.sessions.disconnect({"nobody", ""}, {errc::device_disabled, "disabled"});
    w.sessions.disconnected({"nobody", ""}, w.link);
    CHECK(w.sessions.size() == 1);
}

} // namespace iothub::core
