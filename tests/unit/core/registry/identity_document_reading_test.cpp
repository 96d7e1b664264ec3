#include "emulator/core/registry/identity_document.hpp"

#include "support/catch.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"

using namespace iothub;
using namespace iothub::core;

namespace {

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

result<core::identity_request> read(const identity_key& key, std::string_view text) {
    return read_identity_document(*parse_json(text), key);
}

} // namespace

TEST_CASE("identity request: what is not said has its default") {
    const auto r = read(device, R"({"deviceId":"d"})");
    REQUIRE(r);
    CHECK(r->key == device);
    CHECK(r->enabled);
    CHECK_FALSE(r->status_reason);
    CHECK_FALSE(r->authentication.type);
    CHECK(r->authentication.primary_key.empty());
    CHECK_FALSE(r->iot_edge);
    CHECK(r->parent_scopes.empty());
}

TEST_CASE("identity request: empty texts, nulls and empty objects mean: not given") {
    const auto r =
        read(device, GENERATE(R"({"authentication":null,"capabilities":null})",
                              R"({"authentication":{"symmetricKey":{}}})",
                              R"({"authentication":{"symmetricKey":null}})",
                              R"({"authentication":{"symmetricKey":{"primaryKey":"",)"
                              R"("secondaryKey":""},"x509Thumbprint":)"
                              R"({"primaryThumbprint":"","secondaryThumbprint":null}}})"));
    REQUIRE(r);
    CHECK(r->authentication.primary_key.empty());
    CHECK(r->authentication.secondary_key.empty());
    CHECK_FALSE(r->authentication.primary_thumbprint);
}

TEST_CASE("identity request: every writable member") {
    const auto r = read(device, R"({"status":"disabled","statusReason":"why","deviceScope":"s",
        "parentScopes":["p"],"capabilities":{"iotEdge":true},"authentication":{"type":"selfSigned",
        "symmetricKey":{"primaryKey":"a","secondaryKey":"b"},
        "x509Thumbprint":{"primaryThumbprint":"c","secondaryThumbprint":"d"}}})");
    REQUIRE(r);
    CHECK_FALSE(r->enabled);
    CHECK(r->status_reason == "why");
    CHECK(r->device_scope == "s");
    CHECK(r->parent_scopes == std::vector<std::string>{"p"});
    CHECK(r->iot_edge);
    CHECK(r->authentication.type == core::authentication_type::self_signed);
    CHECK(r->authentication.primary_key == "a");
    CHECK(r->authentication.secondary_key == "b");
    CHECK(r->authentication.primary_thumbprint == "c");
    CHECK(r->authentication.secondary_thumbprint == "d");
}

TEST_CASE("identity request: status as Java writes it") {
    CHECK(read(device, R"({"status":"Enabled"})")->enabled);
    CHECK_FALSE(read(device, R"({"status":"Disabled"})")->enabled);
}

TEST_CASE("identity request: a module has managedBy, and none of a device's members") {
    const auto r = read(module, R"({"moduleId":"m","deviceId":"d","managedBy":"me","status":7})");
    REQUIRE(r);
    CHECK(r->managed_by == "me");
    CHECK(r->enabled);
}

TEST_CASE("identity request: read-only and unknown members are ignored, whatever they are") {
    CHECK(read(device, R"({"generationId":7,"etag":[],"connectionState":{},"lastActivityTime":1,
        "cloudToDeviceMessageCount":"x","statusUpdatedTime":false,"newer":{"a":[1]}})"));
}

TEST_CASE("identity request: a member of the wrong type is named") {
    struct wrong {
        const char* text;
        const char* name;
    };
    const auto input = GENERATE(values<wrong>({
        {R"({"deviceId":7})", "'deviceId'"},
        {R"({"deviceId":"other"})", "'deviceId'"},
        {R"({"status":true})", "'status'"},
        {R"({"status":"Sleeping"})", "'status'"},
        {R"({"statusReason":1})", "'statusReason'"},
        {R"({"deviceScope":{}})", "'deviceScope'"},
        {R"({"parentScopes":"p"})", "'parentScopes'"},
        {R"({"parentScopes":["p",1]})", "'parentScopes'"},
        {R"({"capabilities":[]})", "'capabilities'"},
        {R"({"capabilities":{"iotEdge":"yes"}})", "'capabilities.iotEdge'"},
        {R"({"authentication":"sas"})", "'authentication'"},
        {R"({"authentication":{"type":1}})", "'authentication.type'"},
        {R"({"authentication":{"type":"kerberos"}})", "'authentication.type'"},
        {R"({"authentication":{"symmetricKey":"k"}})", "'authentication.symmetricKey'"},
        {R"({"authentication":{"symmetricKey":{"primaryKey":1}}})",
         "'authentication.symmetricKey.primaryKey'"},
        {R"({"authentication":{"x509Thumbprint":{"secondaryThumbprint":1}}})",
         "'authentication.x509Thumbprint.secondaryThumbprint'"},
    }));
    const auto r = read(device, input.text);
    REQUIRE_FALSE(r);
    CHECK(r.error().code == errc::argument_invalid);
    INFO(r.error().message);
    CHECK(r.error().message.find(input.name) != std::string::npos);
}

TEST_CASE("identity request: ids are compared letter by letter") {
    CHECK_FALSE(read(device, R"({"deviceId":"D"})"));
    CHECK_FALSE(read(module, R"({"deviceId":"d","moduleId":"M"})"));
    CHECK_FALSE(read(module, R"({"deviceId":"x","moduleId":"m"})"));
    CHECK(read(module, R"({"deviceId":null})"));
}
