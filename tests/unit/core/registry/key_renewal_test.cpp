// Keys made anew (service API §1.5, BulkRegenerateDeviceKey; row R13).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

const identity_key device{"d", ""};

} // namespace

TEST_CASE("renewed keys are others, and those that were not asked for stay", "[registry]") {
    test::memory_hub h;
    const identity before = h.create(device);
    const auto which = GENERATE(renewed_keys::primary, renewed_keys::secondary, renewed_keys::both);
    const auto renewed = h.hub.identities().renew_keys(device, which);
    REQUIRE(renewed);
    const bool primary_stays =
        renewed->authentication.primary_key == before.authentication.primary_key;
    const bool secondary_stays =
        renewed->authentication.secondary_key == before.authentication.secondary_key;
    CHECK(primary_stays == (which == renewed_keys::secondary));
    CHECK(secondary_stays == (which == renewed_keys::primary));
    CHECK(renewed->authentication.primary_key.size() == 44);
    CHECK(h.hub.identities().get(device).value() == *renewed);
}

TEST_CASE("renewing keys is one write: the etag is one more, and all else stays", "[registry]") {
    test::memory_hub h;
    test::recording_link link;
    REQUIRE(h.hub.identities().put(
        {.key = device, .status_reason = "r", .attributes = R"({"a":1})"}, {}));
    h.hub.sessions().connect(device, link);
    const identity before = h.hub.identities().get(device).value();
    const twin twin_before = h.twin(device);
    auto renewed = h.hub.identities().renew_keys(device, renewed_keys::both).value();
    CHECK(renewed.etag == before.etag + 1);
    CHECK(renewed.connected);
    CHECK(link.disconnects.empty());
    CHECK(h.twin(device) == twin_before);
    renewed.etag = before.etag;
    renewed.authentication = before.authentication;
    CHECK(renewed == before);
}

TEST_CASE("who has no keys gets none", "[registry]") {
    test::memory_hub h;
    REQUIRE(h.hub.identities().put(
        {.key = {"c", ""}, .authentication = {authentication_type::certificate_authority}}, {}));
    REQUIRE(h.hub.identities().put({.key = {"e", ""}, .iot_edge = true}, {}));
    const auto key = GENERATE(identity_key{"c", ""}, identity_key{"e", "$edgeAgent"});
    const identity before = h.hub.identities().get(key).value();
    const auto refused = h.hub.identities().renew_keys(key, renewed_keys::both);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::invalid_operation);
    CHECK(h.hub.identities().get(key).value() == before);
}

TEST_CASE("keys of nobody are not renewed", "[registry]") {
    test::memory_hub h;
    h.create(device);
    const auto renew = [&](const identity_key& key) {
        return h.hub.identities().renew_keys(key, renewed_keys::both).error().code;
    };
    CHECK(renew({"x", ""}) == errc::device_not_found);
    CHECK(renew({"x", "m"}) == errc::device_not_found);
    CHECK(renew({"d", "m"}) == errc::module_not_found);
}

} // namespace iothub::core
