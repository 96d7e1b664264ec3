#include "emulator/core/twins/twin_document.hpp"

#include "support/catch.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"

using namespace iothub;
using namespace iothub::core;

namespace {

core::identity make_owner(identity_key key) {
    core::identity id;
    id.key = std::move(key);
    id.etag = 403898921;
    return id;
}

core::twin make_twin(identity_key key) {
    return core::make_twin(std::move(key), *parse_iso_8601("2020-07-28T22:17:23.6756822Z"));
}

} // namespace

TEST_CASE("twin document: a new device's, letter by letter") {
    const core::identity owner = make_owner({"d", ""});
    CHECK(
        to_text(twin_document(make_twin(owner.key), owner)) ==
        R"({"deviceId":"d","etag":"AAAAAAAAAAE=","deviceEtag":"NDAzODk4OTIx",)"
        R"("status":"enabled","statusUpdateTime":"0001-01-01T00:00:00Z",)"
        R"("connectionState":"Disconnected","lastActivityTime":"0001-01-01T00:00:00Z",)"
        R"("cloudToDeviceMessageCount":0,"authenticationType":"sas",)"
        R"("x509Thumbprint":{"primaryThumbprint":null,"secondaryThumbprint":null},"version":2,)"
        R"("properties":{"desired":{"$metadata":{"$lastUpdated":"2020-07-28T22:17:23.6756822Z"},)"
        R"("$version":1},"reported":{"$metadata":{"$lastUpdated":"2020-07-28T22:17:23.6756822Z"},)"
        R"("$version":1}},"capabilities":{"iotEdge":false}})");
}

TEST_CASE("twin document: a module's has its id and no capabilities") {
    const core::identity owner = make_owner({"d", "m"});
    const json shown = twin_document(make_twin(owner.key), owner);
    CHECK(to_text(shown).starts_with(R"({"deviceId":"d","moduleId":"m","etag":"AAAAAAAAAAE=",)"));
    CHECK_FALSE(shown.contains("capabilities"));
}

TEST_CASE("twin document: members that are there only when there is something to say") {
    core::identity owner = make_owner({"d", ""});
    core::twin t = make_twin(owner.key);
    owner.status_reason = "why";
    owner.device_scope = "s";
    owner.parent_scopes = {"p"};
    t.tags = json{{"a", 1}};
    t.model_id = "dtmi:com:example;1";
    t.desired.values = json{{"x", 1}};
    const json shown = twin_document(t, owner);
    CHECK(shown["statusReason"] == "why");
    CHECK(shown["tags"] == json{{"a", 1}});
    CHECK(shown["modelId"] == "dtmi:com:example;1");
    CHECK(shown["deviceScope"] == "s");
    CHECK(shown["parentScopes"] == json::array({"p"}));
    CHECK(to_text(shown["properties"]["desired"]).starts_with(R"({"x":1,"$metadata":{)"));
}

TEST_CASE("twin change: absent, null and given are three things") {
    const auto none = read_twin_change(*parse_json("{}"));
    REQUIRE(none);
    CHECK_FALSE(none->tags);
    CHECK_FALSE(none->desired);
    const auto null =
        read_twin_change(*parse_json(R"({"tags":null,"properties":{"desired":null}})"));
    REQUIRE(null);
    CHECK(null->tags->is_null());
    CHECK(null->desired->is_null());
    const auto given =
        read_twin_change(*parse_json(R"({"tags":{"a":1},"properties":{"desired":{"b":2}}})"));
    REQUIRE(given);
    CHECK(*given->tags == json{{"a", 1}});
    CHECK(*given->desired == json{{"b", 2}});
}

TEST_CASE("twin change: everything else is ignored, whatever it is") {
    const auto r = read_twin_change(*parse_json(
        R"({"deviceId":7,"etag":[],"version":"x","status":1,"properties":{"reported":"no"}})"));
    REQUIRE(r);
    CHECK_FALSE(r->tags);
    CHECK_FALSE(r->desired);
    CHECK(read_twin_change(*parse_json(R"({"properties":null})")));
}

TEST_CASE("twin change: a section of the wrong type is named") {
    struct wrong {
        const char* text;
        const char* name;
    };
    const auto input = GENERATE(values<wrong>({
        {R"({"tags":[]})", "'tags'"},
        {R"({"tags":"x"})", "'tags'"},
        {R"({"properties":7})", "'properties'"},
        {R"({"properties":{"desired":[1]}})", "'properties.desired'"},
    }));
    const auto r = read_twin_change(*parse_json(input.text));
    REQUIRE_FALSE(r);
    CHECK(r.error().code == errc::argument_invalid);
    CHECK(r.error().message.find(input.name) != std::string::npos);
}
