// ExportImportDevice, read and written (service API §1.5).
#include "emulator/core/registry/import_item.hpp"

#include "common/json_text.hpp"
#include "emulator/core/registry/identity.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

result<import_item> read(std::string_view text) {
    return read_import_item(parse_json(text).value());
}

} // namespace

TEST_CASE("import item: all that is not said has its default", "[registry]") {
    const auto item = read(R"({"id":"d"})");
    REQUIRE(item);
    CHECK(item->identity.key == identity_key{"d", ""});
    CHECK(item->mode == import_mode::create_or_update);
    CHECK(item->identity.enabled);
    CHECK(item->etag.empty());
    CHECK(item->twin_etag.empty());
    CHECK_FALSE(item->twin.tags);
    CHECK_FALSE(item->twin.desired);
}

TEST_CASE("import item: every member of a device", "[registry]") {
    const auto item = read(R"({"id":"d","eTag":"MQ==","importMode":"update","status":"disabled",
        "statusReason":"r","authentication":{"type":"sas","symmetricKey":{"primaryKey":"p",
        "secondaryKey":"s"}},"twinETag":"AAA=","tags":{"t":1},"properties":{"desired":{"a":1},
        "reported":{"b":2}},"capabilities":{"iotEdge":true},"deviceScope":"s","parentScopes":["p"],
        "attributes":{"x":{"y":1}}})");
    REQUIRE(item);
    CHECK(item->mode == import_mode::update);
    CHECK(item->etag == "MQ==");
    CHECK(item->twin_etag == "AAA=");
    CHECK(item->twin.tags == json{{"t", 1}});
    CHECK(item->twin.desired == json{{"a", 1}});
    const identity_request& id = item->identity;
    CHECK_FALSE(id.enabled);
    CHECK(id.status_reason == "r");
    CHECK(id.authentication.type == authentication_type::sas);
    CHECK(id.authentication.primary_key == "p");
    CHECK(id.authentication.secondary_key == "s");
    CHECK(id.iot_edge);
    CHECK(id.device_scope == "s");
    CHECK(id.parent_scopes == std::vector<std::string>{"p"});
    CHECK(id.attributes == R"({"x":{"y":1}})");
}

TEST_CASE("import item: a module's", "[registry]") {
    const auto item = read(
        R"({"id":"d","moduleId":"m","managedBy":"me","status":"enabled","statusReason":null})");
    REQUIRE(item);
    CHECK(item->identity.key == identity_key{"d", "m"});
    CHECK(item->identity.managed_by == "me");
}

TEST_CASE("import item: nulls are as good as nothing, as .NET and Python send them", "[registry]") {
    const auto item = read(R"({"id":"d","moduleId":null,"eTag":null,"importMode":null,"status":null,
        "authentication":null,"twinETag":null,"properties":null,"capabilities":null,
        "deviceScope":null,"parentScopes":null})");
    REQUIRE(item);
    CHECK_FALSE(item->identity.key.is_module());
    CHECK(item->mode == import_mode::create_or_update);
    CHECK_FALSE(item->twin.desired);
}

TEST_CASE("import item: Node writes etag", "[registry]") {
    CHECK(read(R"({"id":"d","etag":"MQ==","twinEtag":"AAA="})")->etag == "MQ==");
    CHECK(read(R"({"id":"d","twinEtag":"AAA="})")->twin_etag == "AAA=");
    CHECK(read(R"({"id":"d","etag":"old","eTag":"MQ=="})")->etag == "MQ==");
}

TEST_CASE("import item: the nine modes, in any case", "[registry]") {
    const auto [name, mode] = GENERATE(table<std::string, import_mode>({
        {"createOrUpdate", import_mode::create_or_update},
        {"create", import_mode::create},
        {"Create", import_mode::create},
        {"update", import_mode::update},
        {"Update", import_mode::update},
        {"updateIfMatchETag", import_mode::update_if_match_etag},
        {"UpdateIfMatchETag", import_mode::update_if_match_etag},
        {"createOrUpdateIfMatchETag", import_mode::create_or_update_if_match_etag},
        {"delete", import_mode::remove},
        {"Delete", import_mode::remove},
        {"DELETEIFMATCHETAG", import_mode::remove_if_match_etag},
        {"updateTwin", import_mode::update_twin},
        {"updateTwinIfMatchETag", import_mode::update_twin_if_match_etag},
    }));
    INFO(name);
    CHECK(read(R"({"id":"d","importMode":")" + name + R"("})")->mode == mode);
}

TEST_CASE("import item: a member that is wrong is named", "[registry]") {
    const auto [text, name] = GENERATE(table<std::string, std::string>({
        {"{}", "'id'"},
        {R"({"id":null})", "'id'"},
        {R"({"id":""})", "'id'"},
        {R"({"id":7})", "'id'"},
        {R"({"deviceId":"d"})", "'id'"},
        {R"({"id":"d","moduleId":7})", "'moduleId'"},
        {R"({"id":"d","eTag":7})", "'eTag'"},
        {R"({"id":"d","importMode":"upsert"})", "'importMode'"},
        {R"({"id":"d","importMode":""})", "'importMode'"},
        {R"({"id":"d","importMode":1})", "'importMode'"},
        {R"({"id":"d","status":"asleep"})", "'status'"},
        {R"({"id":"d","status":0})", "'status'"},
        {R"({"id":"d","statusReason":[]})", "'statusReason'"},
        {R"({"id":"d","authentication":"sas"})", "'authentication'"},
        {R"({"id":"d","authentication":{"type":"key"}})", "'authentication.type'"},
        {R"({"id":"d","twinETag":{}})", "'twinETag'"},
        {R"({"id":"d","tags":[]})", "'tags'"},
        {R"({"id":"d","properties":7})", "'properties'"},
        {R"({"id":"d","properties":{"desired":"x"}})", "'properties.desired'"},
        {R"({"id":"d","capabilities":true})", "'capabilities'"},
        {R"({"id":"d","deviceScope":1})", "'deviceScope'"},
        {R"({"id":"d","parentScopes":"p"})", "'parentScopes'"},
        {R"({"id":"d","attributes":"a"})", "'attributes'"},
    }));
    INFO(text);
    const auto item = read(text);
    REQUIRE_FALSE(item);
    CHECK(item.error().code == errc::argument_invalid);
    CHECK(item.error().message.find(name) != std::string::npos);
}

TEST_CASE("import item: what is no object is none", "[registry]") {
    const auto item = read(GENERATE("7", "null", "[]", "\"d\""));
    REQUIRE_FALSE(item);
    CHECK(item.error().code == errc::argument_invalid);
}

TEST_CASE("export line: a device, letter by letter", "[registry]") {
    test::memory_hub h;
    REQUIRE(
        h.hub.identities().put({.key = {"d", ""},
                                .status_reason = "r",
                                .authentication = {.primary_key = "MDEyMzQ1Njc4OWFiY2RlZg==",
                                                   .secondary_key = "ZmVkY2JhOTg3NjU0MzIxMA=="}},
                               {}));
    const twin t = h.hub.twins().patch({"d", ""}, {json{{"a", 1}}, json{{"b", 2}}}, {}).value();
    const identity id = h.hub.identities().get({"d", ""}).value();
    CHECK(to_text(export_line(id, t, exported_keys::included)) ==
          R"({"id":"d","eTag":")" + etag_text(id) +
              R"(","importMode":"createOrUpdate","status":"enabled","statusReason":"r",)"
              R"("authentication":{"symmetricKey":{"primaryKey":"MDEyMzQ1Njc4OWFiY2RlZg==",)"
              R"("secondaryKey":"ZmVkY2JhOTg3NjU0MzIxMA=="},"x509Thumbprint":)"
              R"({"primaryThumbprint":null,"secondaryThumbprint":null},"type":"sas"},)"
              R"("twinETag":"AAAAAAAAAAI=","tags":{"a":1},"properties":{"desired":{"b":2,)"
              R"("$metadata":{"$lastUpdated":"2026-01-02T03:04:05Z","$lastUpdatedVersion":2,)"
              R"("b":{"$lastUpdated":"2026-01-02T03:04:05Z","$lastUpdatedVersion":2}},)"
              R"("$version":2},"reported":{"$metadata":{"$lastUpdated":"2026-01-02T03:04:05Z"},)"
              R"("$version":1}},"capabilities":{"iotEdge":false},"parentScopes":[]})");
}

TEST_CASE("export line: keys are left out, thumbprints are not", "[registry]") {
    test::memory_hub h;
    const std::string thumbprint(40, 'A');
    const identity sas = h.create({"d", ""});
    const identity x509 =
        h.hub.identities()
            .put({.key = {"x", ""}, .authentication = {.primary_thumbprint = thumbprint}}, {})
            .value();
    const auto authentication = [&](const identity& id) {
        return export_line(id, h.twin(id.key), exported_keys::left_out)["authentication"];
    };
    CHECK(authentication(sas).dump() ==
          R"({"symmetricKey":{"primaryKey":null,"secondaryKey":null},"x509Thumbprint":)"
          R"({"primaryThumbprint":null,"secondaryThumbprint":null},"type":"sas"})");
    CHECK(authentication(x509)["x509Thumbprint"]["primaryThumbprint"] == thumbprint);
}

TEST_CASE("export line: a module has a status, which every line of an import needs", "[registry]") {
    test::memory_hub h;
    h.create({"d", ""});
    const identity module =
        h.hub.identities().put({.key = {"d", "m"}, .managed_by = "me"}, {}).value();
    const json line = export_line(module, h.twin(module.key), exported_keys::included);
    CHECK(line["id"] == "d");
    CHECK(line["moduleId"] == "m");
    CHECK(line["managedBy"] == "me");
    CHECK(line["status"] == "enabled");
    CHECK_FALSE(line.contains("capabilities"));
    CHECK_FALSE(line.contains("tags"));
}

TEST_CASE("export line: what is read of it is what it was written of", "[registry]") {
    test::memory_hub h;
    REQUIRE(h.hub.identities().put({.key = {"p", ""}, .iot_edge = true}, {}));
    const std::string scope = *h.hub.identities().get({"p", ""})->device_scope;
    REQUIRE(h.hub.identities().put({.key = {"e", ""},
                                    .enabled = false,
                                    .iot_edge = true,
                                    .parent_scopes = {scope},
                                    .attributes = R"({"a":{"b":1}})"},
                                   {}));
    const identity id = h.hub.identities().get({"e", ""}).value();
    const auto item = read_import_item(export_line(id, h.twin(id.key), exported_keys::included));
    REQUIRE(item);
    CHECK_FALSE(item->identity.enabled);
    CHECK(item->identity.authentication.primary_key == id.authentication.primary_key);
    CHECK(item->identity.iot_edge);
    CHECK(item->identity.device_scope == id.device_scope);
    CHECK(item->identity.parent_scopes == id.parent_scopes);
    CHECK(item->identity.attributes == id.attributes);
    CHECK(item->etag == etag_text(id));
}

} // namespace iothub::core
