#include "emulator/core/twins/twin.hpp"

#include "emulator/core/twins/twin_service.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

TEST_CASE("a new device's twin is empty, of version 2, updated at its creation", "[twins]") {
    test::memory_hub h;
    h.create({"d", ""});
    const twin t = h.twin({"d", ""});
    CHECK(t.version == 2);
    CHECK(etag_text(t) == "AAAAAAAAAAE=");
    CHECK(t.tags->dump() == "{}");
    for (const twin_section& section : {t.desired, t.reported}) {
        CHECK(section.version == 1);
        CHECK(section.values->dump() == "{}");
        CHECK(section.metadata->dump() == R"({"$lastUpdated":"2026-01-02T03:04:05Z"})");
    }
}

TEST_CASE("a new module's twin says that it was never updated", "[twins]") {
    test::memory_hub h;
    h.create({"d", ""});
    h.create({"d", "m"});
    CHECK(h.twin({"d", "m"}).desired.metadata->dump() ==
          R"({"$lastUpdated":"0001-01-01T00:00:00Z"})");
    CHECK(h.twin({"d", "m"}).reported.metadata->dump() ==
          R"({"$lastUpdated":"0001-01-01T00:00:00Z"})");
}

TEST_CASE("a twin's etag is its counter in eight bytes", "[twins]") {
    twin t;
    t.etag = 0x0102030405060708;
    CHECK(etag_text(t) == "AQIDBAUGBwg=");
    t.etag = 256;
    CHECK(etag_text(t) == "AAAAAAAAAQA=");
}

TEST_CASE("a missing twin is a missing device, also for a module", "[twins]") {
    test::memory_hub h;
    h.create({"d", ""});
    for (const identity_key& key : {identity_key{"e", ""}, identity_key{"d", "m"}}) {
        CHECK(h.hub.twins().get(key).error().code == errc::device_not_found);
        CHECK(h.hub.twins().patch(key, {}, {}).error().code == errc::device_not_found);
        CHECK(h.hub.twins().replace(key, {}, {}).error().code == errc::device_not_found);
        CHECK(h.hub.twins().report(key, json::object(), {}).error().code == errc::device_not_found);
        CHECK_FALSE(h.store.find_twin(key));
    }
}

TEST_CASE("the device sees desired and reported with their versions and nothing else", "[twins]") {
    test::memory_hub h;
    h.create({"d", ""});
    CHECK(device_view(h.twin({"d", ""})) ==
          R"({"desired":{"$version":1},"reported":{"$version":1}})");
    const json desired = json::parse(R"({"z":1,"a":{"b":[2]}})");
    REQUIRE(h.hub.twins().patch({"d", ""}, {.tags = json{{"t", 1}}, .desired = desired}, {}));
    REQUIRE(h.hub.twins().report({"d", ""}, json{{"r", 1.0}}, {}));
    CHECK(device_view(h.twin({"d", ""})) ==
          R"({"desired":{"z":1,"a":{"b":[2]},"$version":2},"reported":{"r":1.0,"$version":2}})");
}

TEST_CASE("the announced model is remembered without a new version", "[twins]") {
    test::memory_hub h;
    h.create({"d", ""});
    h.hub.twins().remember_model({"d", ""}, "dtmi:com:example;1");
    h.hub.twins().remember_model({"nobody", ""}, "dtmi:com:example;1");
    CHECK(h.twin({"d", ""}).model_id == "dtmi:com:example;1");
    CHECK(h.twin({"d", ""}).version == 2);
    CHECK(h.twin({"d", ""}).etag == 1);
    CHECK_FALSE(h.store.find_twin({"nobody", ""}));
}

} // namespace iothub::core
