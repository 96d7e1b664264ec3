// Telemetry over HTTPS (device protocol §3): requests of the SDKs, literal answers.
#include "device_world.hpp"

#include "emulator/core/messaging/device_message.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// Keeps the keys of device d, which is to be off.
void disable(device_world& w) {
    const auto id = *w.hub.identities().get(w.device);
    const std::string keys =
        R"({"deviceId":"d","status":"disabled","authentication":{"symmetricKey":)"
        R"({"primaryKey":")" +
        id.authentication.primary_key + R"(","secondaryKey":")" + id.authentication.secondary_key +
        R"("}}})";
    REQUIRE(w.ask("PUT", "/devices/d", keys, "If-Match: *\r\n").status == 200);
}

// The body without what differs from answer to answer.
json lasting_part(const answer& refused) {
    json document = refused.document();
    json inner = json::parse(document.at("Message").get<std::string>());
    CHECK(inner.erase("trackingId") == 1);
    CHECK(inner.erase("timestampUtc") == 1);
    document["Message"] = inner;
    return document;
}

} // namespace

TEST_CASE("device telemetry: a message with properties") {
    device_world w;
    const answer a = w.ask_as(
        w.device, "POST", "/devices/d/messages/events", "hello",
        "IoTHub-MessageId: 1\r\niothub-app-alert: yes\r\niothub-to: /devices/d/messages\r\n"
        "Content-Type: application/octet-stream\r\n");
    CHECK(a.status == 204);
    CHECK(a.body.empty());
    const core::event e = w.last_event("d");
    CHECK(e.body == "hello");
    CHECK(e.source == w.device);
    CHECK(find_property(e.system_properties, "message-id")->value == "1");
    CHECK(e.application_properties == property_bag{{"alert", "yes"}});
    CHECK(e.auth_method.find(R"("scope":"device","type":"sas")") != std::string::npos);
}

TEST_CASE("device telemetry: a module's, and an empty body") {
    device_world w;
    CHECK(w.ask_as(w.module, "POST", "/devices/d/modules/m/messages/events").status == 204);
    CHECK(w.last_event("d").source == w.module);
}

TEST_CASE("device telemetry: paths in any case, and with a slash at the end") {
    device_world w;
    CHECK(w.ask_as(w.device, "POST", "/Devices/d/Messages/Events/", "x").status == 204);
}

TEST_CASE("device telemetry: a batch") {
    device_world w;
    const answer a = w.ask_as(w.device, "POST", "/devices/d/messages/events",
                              R"([{"body":"YQ==","properties":{"iothub-app-k":"v"}},)"
                              R"({"body":"b","base64Encoded":false}])",
                              "Content-Type: application/vnd.microsoft.iothub.json\r\n");
    CHECK(a.status == 204);
    const auto events = w.hub.events().read(w.hub.events().partition_of("d"), 0, 10);
    REQUIRE(events.size() == 2);
    CHECK(events[0].body == "a");
    CHECK(events[0].application_properties == property_bag{{"k", "v"}});
    CHECK(events[1].body == "b");
}

TEST_CASE("device telemetry: of a batch with a mistake nothing is taken") {
    device_world w;
    const answer a =
        w.ask_as(w.device, "POST", "/devices/d/messages/events", R"([{"body":"YQ=="},{"body":1}])",
                 "Content-Type: application/vnd.microsoft.iothub.json; charset=utf-8\r\n");
    CHECK(a.status == 400);
    CHECK(a.code() == "ArgumentInvalid");
    CHECK(a.body.find("Message 1 of the batch") != std::string::npos);
    CHECK(w.hub.events().describe(w.hub.events().partition_of("d")).next_sequence_number == 0);
    CHECK(w.ask_as(w.device, "POST", "/devices/d/messages/events", "[",
                   "Content-Type: application/vnd.microsoft.iothub.json\r\n")
              .status == 400);
}

TEST_CASE("device telemetry: 256 KiB with its properties, and no more") {
    device_world w;
    const std::string most(core::max_device_message_bytes - 2, 'x');
    CHECK(w.ask_as(w.device, "POST", "/devices/d/messages/events", most, "iothub-app-k: v\r\n")
              .status == 204);
    const answer a =
        w.ask_as(w.device, "POST", "/devices/d/messages/events", most, "iothub-app-k: vv\r\n");
    CHECK(a.status == 413);
    CHECK(a.code() == "MessageTooLarge");
}

TEST_CASE("device operations: only the identity itself, or a policy that connects devices") {
    device_world w;
    const auto path = "/devices/d/messages/events";
    const auto refused = [&](const answer& a) {
        CHECK(a.status == 401);
        CHECK(a.code() == "IotHubUnauthorizedAccess");
    };
    refused(w.ask_as(w.other, "POST", path, "x"));
    refused(w.ask_as(w.module, "POST", path, "x"));
    refused(w.ask_as(w.device, "POST", "/devices/d/modules/m/messages/events", "x"));
    refused(w.ask_as(w.device, "POST", "/devices/nobody/messages/events", "x"));
    const auto signed_by = [&](const char* policy) {
        return w.ask("POST", path, "x", "Authorization: " + token_of(policy) + "\r\n");
    };
    refused(signed_by("service"));
    CHECK(signed_by("device").status == 204);
    CHECK(signed_by("iothubowner").status == 204);
}

TEST_CASE("device operations: a device's token is for no back-end operation") {
    device_world w;
    CHECK(w.ask_as(w.device, "GET", "/devices/d").status == 401);
    CHECK(w.ask_as(w.device, "GET", "/twins/d").status == 401);
    CHECK(w.ask_as(w.device, "POST", "/twins/d/methods", "{}").status == 401);
}

TEST_CASE("device operations: a disabled device is refused") {
    device_world w;
    const std::string token = w.own_token(w.device);
    disable(w);
    CHECK(w.ask("POST", "/devices/d/messages/events", "x", token).status == 401);
    CHECK(w.log.mentions("the device is disabled"));
}

TEST_CASE("device operations: a refusal does not tell whether the device or its key is wrong") {
    device_world w;
    const auto key_of = [&](const identity_key& who) {
        return w.hub.identities().get(who)->authentication.primary_key;
    };
    const auto asks_with = [&](const std::string& token, const std::string& id = "d") {
        return w.ask("POST", "/devices/" + id + "/messages/events", "x",
                     "Authorization: " + token + "\r\n");
    };
    const timestamp now = w.clock.now();
    const timestamp later = now + std::chrono::hours(1);
    const auto token = [](const std::string& resource, const auto& key, timestamp expiry) {
        return make_sas_token(resource, key, expiry).value();
    };
    const auto good = token("localhost/devices/d", key_of(w.device), later);
    std::vector<answer> refused{
        asks_with(token("localhost/devices/nobody", key_of(w.device), later), "nobody"),
        asks_with(token("localhost/devices/d", key_of(w.other), later)),
        asks_with(token("localhost/devices/d", key_of(w.device), now)),
        asks_with(token("localhost/devices/e", key_of(w.device), later)),
        asks_with("nonsense"),
    };
    REQUIRE(asks_with(good).status == 204);
    disable(w);
    refused.push_back(asks_with(good));
    for (const answer& one : refused) {
        CHECK(one.status == 401);
        CHECK(one.code() == "IotHubUnauthorizedAccess");
        CHECK(one.header("WWW-Authenticate") == "SharedAccessSignature");
        CHECK(lasting_part(one) == lasting_part(refused.front()));
    }
}

TEST_CASE("device operations: activity is kept") {
    device_world w;
    w.clock.advance(std::chrono::minutes(5));
    REQUIRE(w.ask_as(w.device, "POST", "/devices/d/messages/events", "x").status == 204);
    CHECK(w.hub.identities().get(w.device)->activity.last_activity == w.clock.now());
}
