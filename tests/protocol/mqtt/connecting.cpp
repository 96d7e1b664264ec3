// Who is let in and who is not (device protocol §1.2; reliability §2.2).

#include "common/sas_token.hpp"
#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// The hub answers this CONNECT with `code`, closes, and says why in the log but not the token.
void refuses(const packet::connect_fields& hello, unsigned code, const std::string& reason) {
    INFO(reason);
    play(script{sends(packet::connect(hello))} + ends(reason, packet::connack(code)) +
         script{does([hello](stage s) {
             CHECK(s.hub_side.hub.count().refused_connections == 1);
             CHECK(s.hub_side.hub.count().connections == 0);
             CHECK_FALSE(s.hub_side.log.mentions("sig="));
             CHECK(s.hub_side.log.lines().back().level == log_level::warning);
         })});
}

void refuses_token(const std::string& token, const std::string& reason) {
    packet::connect_fields hello = good_connect(device);
    hello.password = token;
    refuses(hello, 5, reason);
}

const timestamp start = manual_clock().now();
const timestamp later = start + std::chrono::hours(1);

} // namespace

TEST_CASE("a device and a module connect with tokens of their own") {
    for (const identity_key& key : {device, module}) {
        play(connects(key) + script{does([key](stage s) {
                 CHECK(s.hub_side.hub.sessions().find(key) == &s.machine);
                 CHECK(s.hub_side.hub.count().connections == 1);
                 CHECK(s.hub_side.log.mentions("connected (mqtt) from 192.0.2.1:5000"));
             })});
    }
}

TEST_CASE("a token of a policy that may connect devices is taken") {
    const auto policies = core::published_policies();
    for (const core::access_policy& policy : policies) {
        packet::connect_fields hello = good_connect(module);
        hello.password = make_sas_token("hub.test", policy.primary_key, later, policy.name).value();
        if (policy.grants(core::permission::device_connect)) {
            play({sends(packet::connect(hello)), gets(packet::connack(0))});
        } else {
            refuses(hello, 5, "does not permit");
        }
    }
}

TEST_CASE("wrong credentials are refused with code 5") {
    refuses_token("", "");
    refuses_token("not a token", "");
    refuses_token("SharedAccessSignature sr=hub.test%2Fdevices%2Fdev1&sig=!!!&se=1795394839", "");
    refuses_token(make_sas_token("hub.test/devices/dev1", "d3Jvbmcga2V5", later).value(),
                  "signature");
    refuses_token(make_sas_token("hub.test/devices/dev1", identity_secret, start).value(),
                  "expired");
    refuses_token(make_sas_token("hub.test/devices/dev2", identity_secret, later).value(),
                  "another resource");
    refuses_token(make_sas_token("hub.test", identity_secret, later).value(), "another resource");
    refuses_token(make_sas_token("hub.test", identity_secret, later, "nobody").value(),
                  "unknown policy");
    refuses_token(token_of(module), "another resource");
}

TEST_CASE("a device's token does not open its module") {
    packet::connect_fields hello = good_connect(module);
    hello.password = token_of(device);
    refuses(hello, 5, "another resource");
}

TEST_CASE("no password, no user name, or an identity without keys: code 5") {
    packet::connect_fields hello = good_connect(device);
    hello.password.reset();
    refuses(hello, 5, "neither a token nor a certificate");
    hello.user_name.reset();
    refuses(hello, 5, "no user name");
    refuses(good_connect({"x509", ""}), 5, "does not authenticate with keys");
}

TEST_CASE("unknown and disabled identities: code 5") {
    refuses(good_connect({"nobody", ""}), 5, "no such device");
    refuses(good_connect({"dev1", "m2"}), 5, "no such module");
    refuses(good_connect({"disabled", ""}), 5, "disabled");
}

TEST_CASE("the client id must be the user name's identity, letter by letter") {
    for (const char* id : {"dev2", "Dev1", "dev1/m1", "dev1/", ""}) {
        packet::connect_fields hello = good_connect(device);
        hello.client_id = id;
        refuses(hello, 5, "the client id is not the user name's 'dev1'");
    }
}

TEST_CASE("a user name without api-version is refused") {
    packet::connect_fields hello = good_connect(device);
    hello.user_name = "hub.test/dev1";
    refuses(hello, 5, "has no api-version");
}

TEST_CASE("other versions of MQTT get code 1") {
    packet::connect_fields hello = good_connect(device);
    hello.level = 5;
    refuses(hello, 1, "protocol level 5");
    hello.level = 3;
    refuses(hello, 1, "protocol level 3");
    hello.protocol = "MQIsdp";
    refuses(hello, 1, "protocol level 3");
}

TEST_CASE("a hub that cannot read its store answers with code 3") {
    play(script{does([](stage s) { s.hub_side.store.reads_fail = true; }),
                sends(packet::connect(good_connect(device)))} +
         ends("the disk is broken", packet::connack(3)));
}

namespace {

script connects_with_will() {
    return {sends(packet::connect(connect_with_will(device, "devices/dev1/messages/events/k=v"))),
            gets(packet::connack(0))};
}

step told_once() {
    return does([](stage s) {
        const auto events = s.hub_side.events("dev1");
        REQUIRE(events.size() == 1);
        CHECK(events[0].body == "gone");
        CHECK(events[0].system_properties == property_bag{{"iothub-MessageType", "Will"}});
        CHECK(events[0].application_properties ==
              property_bag{{"k", "v"}, {"mqtt-retain", "true"}});
    });
}

} // namespace

TEST_CASE("a will becomes a message, once, when the client is lost") {
    play(connects_with_will() + script{does([](stage s) {
             s.machine.stream_ended("reset");
             s.machine.stream_ended("reset");
         })} +
         script{told_once()});
}

TEST_CASE("a will becomes a message when a newer connection takes over") {
    play(connects_with_will() + script{does([](stage s) {
             mqtt::connection newer(s.hub_side.hub, {"192.0.2.2:6000", {}}, "mqtt", [] {});
             newer.receive(packet::connect(good_connect(device)));
         })} +
         script{told_once()});
}

TEST_CASE("who says goodbye leaves no will") {
    play(connects_with_will() + script{sends(packet::disconnect()), does([](stage s) {
                                           CHECK(s.machine.ended());
                                           CHECK(s.hub_side.events("dev1").empty());
                                       })});
}

TEST_CASE("a will for anything but one's own telemetry is refused") {
    for (const char* topic :
         {"devices/dev2/messages/events/", "$iothub/twin/GET/?$rid=1", "will"}) {
        INFO(topic);
        play(script{sends(packet::connect(connect_with_will(device, topic)))} +
             ends("the will is for another topic", packet::connack(5)));
    }
}

TEST_CASE("the newest connection of an identity wins") {
    play(connects(device) + script{does([](stage s) {
             mqtt::connection newer(s.hub_side.hub, {"192.0.2.2:6000", {}}, "mqtt", [] {});
             newer.receive(packet::connect(good_connect(device)));
             CHECK(newer.take_output() == packet::connack(0));
             CHECK(s.hub_side.hub.sessions().find(device) == &newer);
             CHECK(s.machine.ended());
             CHECK_THAT(s.machine.end_reason(), Catch::Contains("newer connection"));
             newer.receive(packet::disconnect());
         })} +
         ends("newer connection"));
}

TEST_CASE("the hub ends the session of an identity that is deleted") {
    play(connects(module) + script{does([](stage s) {
             CHECK(s.hub_side.hub.identities().remove(device, core::precondition::anything()));
         })} +
         ends(""));
}

namespace {

const std::string desired_filter = "$iothub/twin/PATCH/properties/desired/#";

// A later connection of the same device; what it gets when its desired properties change.
std::string told_later(stage s, const packet::connect_fields& hello, bool session_present) {
    mqtt::connection next(s.hub_side.hub, {"192.0.2.2:6000", {}}, "mqtt", [] {});
    next.receive(packet::connect(hello));
    CHECK(next.take_output() == packet::connack(0, session_present));
    s.hub_side.change_desired(device, R"({"x":1})");
    return next.take_output();
}

script subscribes_to_desired() {
    return connects(device) +
           script{sends(packet::subscribe(1, {{desired_filter, 0}})), gets(packet::suback(1, {0}))};
}

} // namespace

TEST_CASE("subscriptions last over connections of a session that goes on") {
    play(subscribes_to_desired() + script{sends(packet::disconnect()), does([](stage s) {
                                              CHECK_THAT(told_later(s, good_connect(device), true),
                                                         Catch::Contains("desired"));
                                          })});
}

TEST_CASE("an unsubscribed topic is not subscribed later") {
    play(subscribes_to_desired() +
         script{sends(packet::unsubscribe(2, {desired_filter})), gets(packet::unsuback(2)),
                sends(packet::disconnect()),
                does([](stage s) { CHECK(told_later(s, good_connect(device), true).empty()); })});
}

TEST_CASE("a clean session begins without subscriptions, and ends the lasting one") {
    auto clean = good_connect(device);
    clean.extra_flags = 0x02;
    play(subscribes_to_desired() +
         script{sends(packet::disconnect()), does([clean](stage s) {
                    CHECK(told_later(s, clean, false).empty());
                    CHECK(told_later(s, good_connect(device), false).empty());
                })});
}

TEST_CASE("an identity that is made anew has no session of the old one's") {
    play(subscribes_to_desired() + script{does([](stage s) {
             CHECK(s.hub_side.hub.identities().remove(device, core::precondition::anything()));
             s.hub_side.add(device);
             auto anew = *s.hub_side.kept.find_identity(device);
             anew.generation_id = "another";
             s.hub_side.kept.put_identity(anew);
             CHECK(told_later(s, good_connect(device), false).empty());
         })} +
         ends("deleted"));
}
