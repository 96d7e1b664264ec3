#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

void remove(test::memory_hub& h, const identity_key& key) {
    REQUIRE(h.hub.identities().remove(key, precondition::anything()));
}

} // namespace

TEST_CASE("a device goes with its modules and their twins", "[registry]") {
    test::memory_hub h;
    const identity_key gone[] = {{"d", ""}, {"d", "m1"}, {"d", "m2"}};
    for (const identity_key& key : gone) {
        h.create(key);
    }
    h.create({"d2", ""});
    h.create({"d2", "m1"});
    remove(h, {"d", ""});
    for (const identity_key& key : gone) {
        CHECK_FALSE(h.hub.identities().get(key));
        CHECK(h.hub.twins().get(key).error().code == errc::device_not_found);
    }
    CHECK(h.hub.identities().get({"d2", "m1"}));
    CHECK(h.hub.twins().get({"d2", ""}));
}

TEST_CASE("nothing that was kept for their connections outlasts identities", "[registry]") {
    test::memory_hub h;
    for (const identity_key& key : {identity_key{"d", ""}, {"d", "m1"}, {"d", "m2"}, {"d2", ""}}) {
        h.create(key);
        h.hub.sessions().keep_subscriptions(key, "generation", 5);
    }
    remove(h, {"d", "m1"});
    CHECK_FALSE(h.hub.sessions().kept_subscriptions({"d", "m1"}, "generation"));
    CHECK(h.hub.sessions().kept_subscriptions({"d", "m2"}, "generation") == 5U);
    remove(h, {"d", ""});
    const std::pair<std::string, std::string> left{"subscriptions/d2", "generation 5"};
    CHECK(h.store.list_records("subscriptions/") == std::vector{left});
}

TEST_CASE("a removed device and its modules are disconnected", "[registry]") {
    test::memory_hub h;
    test::recording_link device;
    test::recording_link module;
    test::recording_link other;
    h.create({"d", ""});
    h.create({"d", "m"});
    h.create({"e", ""});
    h.hub.sessions().connect({"d", ""}, device);
    h.hub.sessions().connect({"d", "m"}, module);
    h.hub.sessions().connect({"e", ""}, other);
    remove(h, {"d", ""});
    CHECK(device.disconnects.size() == 1);
    CHECK(module.disconnects.size() == 1);
    CHECK(other.disconnects.empty());
    CHECK(h.hub.sessions().size() == 1);
}

TEST_CASE("a removed module leaves its device and its siblings connected", "[registry]") {
    test::memory_hub h;
    test::recording_link device;
    test::recording_link module;
    test::recording_link sibling;
    h.create({"d", ""});
    h.create({"d", "m"});
    h.create({"d", "n"});
    h.hub.sessions().connect({"d", ""}, device);
    h.hub.sessions().connect({"d", "m"}, module);
    h.hub.sessions().connect({"d", "n"}, sibling);
    remove(h, {"d", "m"});
    CHECK(module.disconnects.size() == 1);
    CHECK(device.disconnects.empty());
    CHECK(sibling.disconnects.empty());
    CHECK_FALSE(h.store.find_twin({"d", "m"}));
    CHECK(h.store.find_twin({"d", "n"}));
}

TEST_CASE("an identity that comes again begins anew", "[registry]") {
    test::memory_hub h;
    test::recording_link link;
    h.create({"d", ""});
    h.hub.sessions().connect({"d", ""}, link);
    REQUIRE(h.hub.twins().patch({"d", ""}, {.tags = json{{"a", 1}}, .desired = {}}, {}));
    remove(h, {"d", ""});
    const identity again = h.create({"d", ""});
    CHECK_FALSE(again.connected);
    CHECK(again.activity == activity{never, never});
    CHECK(h.twin({"d", ""}).version == 2);
    CHECK(h.twin({"d", ""}).tags->empty());
}

} // namespace iothub::core
