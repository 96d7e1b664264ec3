// Items of bulk operations and import files by their modes (service API §1.5).
#include "emulator/core/registry/registry_import.hpp"

#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

const identity_key device{"d", ""};

struct import_bench : test::memory_hub {
    registry_import registry{hub.identities(), hub.twins()};

    import_item item(import_mode mode, const identity_key& key = device) {
        import_item one;
        one.identity.key = key;
        one.identity.status_reason = "imported";
        one.mode = mode;
        return one;
    }

    errc code_of(const import_item& one) { return registry.apply(one).error().code; }

    bool exists() { return hub.identities().get(device).has_value(); }

    identity now() { return hub.identities().get(device).value(); }
};

constexpr std::string_view stale = "MQ==";

} // namespace

TEST_CASE("import: create makes what is not there, and only that", "[registry]") {
    import_bench h;
    REQUIRE(h.registry.apply(h.item(import_mode::create)));
    CHECK(h.now().status_reason == "imported");
    CHECK(h.twin(device).version == 2);
    const identity before = h.now();
    CHECK(h.code_of(h.item(import_mode::create)) == errc::device_already_exists);
    CHECK(h.now() == before);
    REQUIRE(h.registry.apply(h.item(import_mode::create, {"d", "m"})));
    CHECK(h.code_of(h.item(import_mode::create, {"d", "m"})) == errc::module_already_exists);
    CHECK(h.code_of(h.item(import_mode::create, {"x", "m"})) == errc::device_not_found);
}

TEST_CASE("import: what is created begins with its twin, and no version has moved", "[registry]") {
    import_bench h;
    h.create({"parent", ""});
    const auto mode = GENERATE(import_mode::create, import_mode::create_or_update,
                               import_mode::create_or_update_if_match_etag);
    const auto key = GENERATE(as<identity_key>{}, device, identity_key{"parent", "m"});
    import_item one = h.item(mode, key);
    one.twin = {json{{"t", 1}, {"gone", nullptr}},
                json{{"a", {{"b", 2}}}, {"$version", 9}, {"$metadata", json::object()}}};
    REQUIRE(h.registry.apply(one));
    const twin t = h.twin(key);
    CHECK(t.tags.value() == json{{"t", 1}});
    CHECK(t.desired.values.value() == json{{"a", {{"b", 2}}}});
    CHECK(t.desired.version == 1);
    CHECK(t.version == 2);
    CHECK(t.etag == 1);
    const std::string now = R"({"$lastUpdated":"2026-01-02T03:04:05Z","$lastUpdatedVersion":1)";
    CHECK(t.desired.metadata->dump() == now + R"(,"a":)" + now + R"(,"b":)" + now + "}}}");
}

TEST_CASE("import: a twin that is not allowed creates nothing", "[registry]") {
    import_bench h;
    import_item one = h.item(GENERATE(import_mode::create, import_mode::create_or_update));
    one.twin = GENERATE(
        twin_change{json{{"a.b", 1}}, {}}, twin_change{{}, json{{"$x", 1}}},
        twin_change{json{{"a", std::string(4096, 'x')}, {"b", std::string(4096, 'x')}}, {}});
    CHECK(h.code_of(one) == errc::argument_invalid);
    CHECK_FALSE(h.exists());
}

TEST_CASE("import: update replaces what is there, and only that", "[registry]") {
    import_bench h;
    CHECK(h.code_of(h.item(import_mode::update)) == errc::device_not_found);
    const identity before = h.create(device);
    import_item one = h.item(import_mode::update);
    one.etag = stale; // is not asked
    REQUIRE(h.registry.apply(one));
    CHECK(h.now().status_reason == "imported");
    CHECK(h.now().etag == before.etag + 1);
    CHECK(h.now().authentication != before.authentication);
    CHECK(h.code_of(h.item(import_mode::update, {"d", "m"})) == errc::module_not_found);
}

TEST_CASE("import: updateIfMatchETag needs the etag, where one is given", "[registry]") {
    import_bench h;
    CHECK(h.code_of(h.item(import_mode::update_if_match_etag)) == errc::device_not_found);
    h.create(device);
    import_item one = h.item(import_mode::update_if_match_etag);
    one.etag = stale;
    const identity before = h.now();
    CHECK(h.code_of(one) == errc::precondition_failed);
    CHECK(h.now() == before);
    const std::string current = etag_text(before);
    one.etag = GENERATE_COPY(as<std::string>{}, current, '"' + current + '"', "*", "\"*\"", "");
    CHECK(h.registry.apply(one));
    CHECK(h.now().etag == before.etag + 1);
}

TEST_CASE("import: createOrUpdate does either, whatever the etag", "[registry]") {
    import_bench h;
    import_item one = h.item(import_mode::create_or_update);
    one.etag = stale;
    REQUIRE(h.registry.apply(one));
    const identity made = h.now();
    REQUIRE(h.registry.apply(one));
    CHECK(h.now().etag == made.etag + 1);
    CHECK(h.now().generation_id == made.generation_id);
}

TEST_CASE("import: createOrUpdateIfMatchETag asks for the etag of what is there", "[registry]") {
    import_bench h;
    import_item one = h.item(import_mode::create_or_update_if_match_etag);
    one.etag = stale;
    REQUIRE(h.registry.apply(one));
    CHECK(h.code_of(one) == errc::precondition_failed);
    one.etag = etag_text(h.now());
    CHECK(h.registry.apply(one));
    one.etag.clear();
    CHECK(h.registry.apply(one));
}

TEST_CASE("import: delete removes what is there", "[registry]") {
    import_bench h;
    CHECK(h.code_of(h.item(import_mode::remove)) == errc::device_not_found);
    h.create(device);
    import_item one = h.item(import_mode::remove);
    one.etag = stale;
    REQUIRE(h.registry.apply(one));
    CHECK_FALSE(h.exists());
}

TEST_CASE("import: deleteIfMatchETag needs the etag, where one is given", "[registry]") {
    import_bench h;
    h.create(device);
    import_item one = h.item(import_mode::remove_if_match_etag);
    one.etag = stale;
    CHECK(h.code_of(one) == errc::precondition_failed);
    CHECK(h.exists());
    const std::string current = etag_text(h.now());
    one.etag = GENERATE_COPY(as<std::string>{}, "", current);
    REQUIRE(h.registry.apply(one));
    CHECK(h.code_of(one) == errc::device_not_found);
}

TEST_CASE("import: an update patches the twin, and tells it", "[registry]") {
    import_bench h;
    test::recording_link link;
    h.create(device);
    h.hub.twins().patch(device, {json{{"old", 1}}, json{{"kept", 1}}}, {}).value();
    h.hub.sessions().connect(device, link);
    const identity before = h.now();
    const auto mode = GENERATE(import_mode::create_or_update, import_mode::update,
                               import_mode::update_twin, import_mode::update_twin_if_match_etag);
    import_item one = h.item(mode);
    one.twin = {json{{"old", nullptr}, {"new", 2}}, json{{"a", 1}}};
    REQUIRE(h.registry.apply(one));
    CHECK(h.twin(device).tags.value() == json{{"new", 2}});
    CHECK(h.twin(device).desired.values.value() == json{{"kept", 1}, {"a", 1}});
    CHECK(h.twin(device).desired.version == 3);
    REQUIRE(link.updates.size() == 1);
    CHECK(link.updates[0].patch == R"({"a":1,"$version":3})");
    const bool twin_only =
        mode == import_mode::update_twin || mode == import_mode::update_twin_if_match_etag;
    CHECK((h.now() == before) == twin_only);
}

TEST_CASE("import: an item without a twin leaves the twin alone", "[registry]") {
    import_bench h;
    h.create(device);
    const twin before = h.twin(device);
    import_item one = h.item(
        GENERATE(import_mode::create_or_update, import_mode::update, import_mode::update_twin));
    one.twin_etag = GENERATE("", "AAAAAAAAAAE=");
    REQUIRE(h.registry.apply(one));
    CHECK(h.twin(device) == before);
}

TEST_CASE("import: the twin's etag is a condition of its own", "[registry]") {
    import_bench h;
    h.create(device);
    const identity before = h.now();
    const auto mode =
        GENERATE(import_mode::create_or_update_if_match_etag, import_mode::update_if_match_etag,
                 import_mode::update_twin_if_match_etag);
    import_item one = h.item(mode);
    one.twin = {json{{"a", 1}}, {}};
    one.twin_etag = "AAAAAAAAAAc=";
    CHECK(h.code_of(one) == errc::precondition_failed);
    CHECK(h.now() == before);
    CHECK(h.twin(device).tags->empty());
    one.twin_etag = "AAAAAAAAAAE=";
    CHECK(h.registry.apply(one));
    CHECK(h.twin(device).tags.value() == json{{"a", 1}});
}

TEST_CASE("import: modes that are not about etags do not look at the twin's", "[registry]") {
    import_bench h;
    REQUIRE(h.hub.identities().put({.key = device, .iot_edge = true}, {}));
    const auto mode =
        GENERATE(import_mode::create_or_update, import_mode::update, import_mode::update_twin);
    import_item one = h.item(mode, {"d", "$edgeAgent"});
    one.twin = {json{{"a", 1}}, {}};
    one.twin_etag = "AAAAAAAAAAc=";
    CHECK(h.registry.apply(one));
    one.identity.key = device;
    one.identity.iot_edge = true;
    one.identity.device_scope = h.now().device_scope;
    CHECK(h.registry.apply(one));
    CHECK(h.twin(device).tags.value() == json{{"a", 1}});
}

TEST_CASE("import: updateTwin asks for no etag, and a twin that is there", "[registry]") {
    import_bench h;
    import_item one = h.item(import_mode::update_twin);
    one.twin = {json{{"a", 1}}, {}};
    CHECK(h.code_of(one) == errc::device_not_found);
    h.create(device);
    one.twin_etag = "AAAAAAAAAAc=";
    CHECK(h.registry.apply(one));
}

TEST_CASE("import: an update is done whole or not at all", "[registry]") {
    import_bench h;
    h.create(device);
    const identity before = h.now();
    const twin twin_before = h.twin(device);
    import_item bad_twin = h.item(import_mode::update);
    bad_twin.twin = {json{{"a.b", 1}}, {}};
    CHECK(h.code_of(bad_twin) == errc::argument_invalid);
    import_item bad_identity = h.item(import_mode::update);
    bad_identity.identity.status_reason = std::string(129, 'r');
    bad_identity.twin = {json{{"a", 1}}, {}};
    CHECK(h.code_of(bad_identity) == errc::argument_invalid);
    import_item bad_etag = h.item(import_mode::update_if_match_etag);
    bad_etag.etag = stale;
    bad_etag.twin = {json{{"a", 1}}, {}};
    CHECK(h.code_of(bad_etag) == errc::precondition_failed);
    CHECK(h.now() == before);
    CHECK(h.twin(device) == twin_before);
}

TEST_CASE("import: ids that cannot be are refused in every mode", "[registry]") {
    import_bench h;
    const auto key = GENERATE(identity_key{std::string(129, 'd'), ""}, identity_key{"a b", ""},
                              identity_key{"d", "m/n"}, identity_key{"d", std::string(129, 'm')});
    const auto mode =
        GENERATE(import_mode::create_or_update, import_mode::remove, import_mode::update_twin);
    CHECK(h.code_of(h.item(mode, key)) == errc::argument_invalid);
}

TEST_CASE("import: of a module of the system only the twin is written", "[registry]") {
    import_bench h;
    const identity_key agent{"d", "$edgeAgent"};
    const auto mode = GENERATE(import_mode::create, import_mode::create_or_update,
                               import_mode::update, import_mode::update_twin);
    import_item one = h.item(mode, agent);
    one.twin = {{}, json{{"modules", {{"a", 1}}}}};
    CHECK_FALSE(h.registry.apply(one));
    REQUIRE(h.hub.identities().put({.key = device, .iot_edge = true}, {}));
    const identity before = h.hub.identities().get(agent).value();
    REQUIRE(h.registry.apply(one));
    CHECK(h.hub.identities().get(agent).value() == before);
    CHECK(h.twin(agent).desired.values.value() == *one.twin.desired);
    CHECK(h.code_of(h.item(import_mode::remove, agent)) ==
          errc::system_module_modify_unauthorized_access);
}

TEST_CASE("import: every line of an export makes the same registry elsewhere", "[registry]") {
    import_bench from;
    REQUIRE(from.hub.identities().put({.key = device, .status_reason = "r", .iot_edge = true}, {}));
    REQUIRE(from.hub.identities().put({.key = {"d", "m"}, .managed_by = "me"}, {}));
    from.hub.twins().patch({"d", "m"}, {json{{"t", 1}}, json{{"a", 1}}}, {}).value();
    import_bench into;
    std::vector<identity> all = from.hub.identities().list_modules("d").value();
    all.insert(all.begin(), from.now());
    for (const identity& id : all) {
        const json line = export_line(id, from.twin(id.key), exported_keys::included);
        REQUIRE(into.registry.apply(read_import_item(line).value()));
    }
    CHECK(into.now().authentication == from.now().authentication);
    CHECK(into.hub.identities().list_modules("d")->size() == 3);
    CHECK(into.hub.identities().get({"d", "m"})->managed_by == "me");
    CHECK(into.twin({"d", "m"}).tags.value() == json{{"t", 1}});
    CHECK(into.twin({"d", "m"}).desired.values.value() == json{{"a", 1}});
}

} // namespace iothub::core
