// Telling what happens while the store cannot be read.

#include "emulator/core/notifications/notifier.hpp"
#include "support/catch.hpp"
#include "support/device_world.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

core::event_sources lifecycles() {
    core::event_sources wanted;
    wanted.add(core::name_of(core::event_source::device_lifecycle));
    return wanted;
}

core::hub_settings telling() {
    core::hub_settings wanted;
    wanted.told = lifecycles();
    return wanted;
}

} // namespace

TEST_CASE("an identity whose twin cannot be read goes untold") {
    world w;
    core::notifier notifier(w.hub.events(), w.store, w.clock, w.ids, "contoso", lifecycles());
    w.store.reads_fail = true;
    CHECK_NOTHROW(notifier.removing(module));
    w.store.reads_fail = false;
    w.hub.end_turn();
    CHECK(w.events("dev1").empty());
    notifier.removing(module);
    w.hub.end_turn();
    CHECK(w.events("dev1").size() == 1);
}

TEST_CASE("a hub that could not begin anew goes on telling") {
    world w(telling());
    w.store.reads_fail = true;
    CHECK_THROWS_AS(w.hub.clear(), core::store_fault);
    w.store.reads_fail = false;
    w.hub.end_turn();
    REQUIRE(w.hub.identities().put({.key = {"new", ""}}, {}));
    w.hub.end_turn();
    CHECK(w.events("new").size() == 1);
}
