#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

std::vector<std::string> ids(const std::vector<identity>& listed) {
    std::vector<std::string> names;
    for (const identity& id : listed) {
        names.push_back(id.key.text());
    }
    return names;
}

} // namespace

TEST_CASE("devices are listed in the order of their ids, without their modules", "[registry]") {
    test::memory_hub h;
    for (const auto* id : {"b", "a-1", "B", "a"}) {
        h.create({id, ""});
    }
    h.create({"a", "m"});
    CHECK(ids(h.hub.identities().list_devices(1000)) ==
          std::vector<std::string>{"B", "a", "a-1", "b"});
    CHECK(ids(h.hub.identities().list_devices(2)) == std::vector<std::string>{"B", "a"});
}

TEST_CASE("a list never has more than 1000 devices", "[registry]") {
    test::memory_hub h;
    for (int i = 0; i < 1001; ++i) {
        h.create({"d" + std::to_string(i), ""});
    }
    CHECK(h.hub.identities().list_devices(5000).size() == 1000);
}

TEST_CASE("lists say who is connected", "[registry]") {
    test::memory_hub h;
    test::recording_link link;
    test::recording_link module_link;
    h.create({"d", ""});
    h.create({"d", "m"});
    h.create({"e", ""});
    h.hub.sessions().connect({"d", ""}, link);
    h.hub.sessions().connect({"d", "m"}, module_link);
    const auto devices = h.hub.identities().list_devices(10);
    REQUIRE(devices.size() == 2);
    CHECK(devices[0].connected);
    CHECK_FALSE(devices[1].connected);
    CHECK(devices[0].activity.last_activity == h.clock.now());
    CHECK(h.hub.identities().list_modules("d")->at(0).connected);
}

TEST_CASE("a device without modules lists none, a missing device is not found", "[registry]") {
    test::memory_hub h;
    h.create({"d", ""});
    CHECK(h.hub.identities().list_modules("d")->empty());
    CHECK(h.hub.identities().list_modules("e").error().code == errc::device_not_found);
    CHECK(h.hub.identities().list_modules("").error().code == errc::device_not_found);
}

TEST_CASE("modules are listed for their own device only", "[registry]") {
    test::memory_hub h;
    for (const auto* device : {"d", "d1"}) {
        h.create({device, ""});
    }
    h.create({"d", "m2"});
    h.create({"d", "m1"});
    h.create({"d1", "m3"});
    CHECK(ids(h.hub.identities().list_modules("d").value()) ==
          std::vector<std::string>{"d/m1", "d/m2"});
}

} // namespace iothub::core
