// What devices and modules send (device protocol §2.5; row D01).

#include "device_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct sending {
    explicit sending(world& w, const identity_key& who = device)
        : d(w, who)
        , out(d.p.sender(d.at("messages/events"))) {
        REQUIRE(out.attached);
    }

    device_peer d;
    peer_link& out;
};

} // namespace

TEST_CASE("a device's message becomes an event") {
    world w;
    sending s(w);
    CHECK(s.out.credit == 1000);
    CHECK(s.out.max_message_size == 1024 * 1024);
    amqp::message m = text_message("hello");
    m.application_properties = {{"colour", "red"}};
    const disposition told = s.out.sent[s.d.p.send(s.out, m)];
    CHECK(told.state == "accepted");
    CHECK(told.settled);
    const auto events = w.events("dev1");
    REQUIRE(events.size() == 1);
    CHECK(events[0].body == "hello");
    CHECK(events[0].source == device);
    CHECK(events[0].application_properties == property_bag{{"colour", "red"}});
}

TEST_CASE("a module's message is its own, and may be sent settled") {
    world w;
    sending s(w, module);
    s.d.p.send(s.out, text_message("hello"), true);
    REQUIRE(w.events("dev1").size() == 1);
    CHECK(w.events("dev1")[0].source == module);
}

TEST_CASE("a message that is too large is rejected, and the link stays") {
    world w;
    sending s(w);
    const disposition told =
        s.out.sent[s.d.p.send(s.out, text_message(std::string(300 * 1024, 'x')))];
    CHECK(told.state == "rejected");
    CHECK(told.condition == "amqp:link:message-size-exceeded");
    CHECK(w.events("dev1").empty());
    CHECK(s.out.sent[s.d.p.send(s.out, text_message("small"))].state == "accepted");
}

TEST_CASE("bytes that are no message are rejected") {
    world w;
    sending s(w);
    const disposition told = s.out.sent[s.d.p.send_encoded(s.out, "nonsense")];
    CHECK(told.state == "rejected");
    CHECK(told.condition == "com.microsoft:argument-error");
    CHECK(w.log.mentions("a message is refused"));
}

TEST_CASE("a telemetry link names the device's model") {
    world w;
    device_peer d(w);
    d.p.sender(d.at("messages/events"),
               {.name = {}, .properties = {{amqp::symbol{"com.microsoft:model-id"}, "dtmi:a;1"}}});
    CHECK(w.hub.twins().get(device)->model_id == "dtmi:a;1");
}

TEST_CASE("what can be no model's id is not taken for one") {
    world w;
    device_peer d(w);
    const auto attach = [&](std::size_t size) {
        const attach_options with_model{
            .name = std::to_string(size),
            .properties = {{amqp::symbol{"com.microsoft:model-id"}, std::string(size, 'm')}}};
        d.p.send(d.p.sender(d.at("messages/events"), with_model), text_message("a"));
        return w.hub.twins().get(device)->model_id.size();
    };
    CHECK(attach(2049) == 0);
    CHECK(w.events("dev1").back().system_properties.empty());
    CHECK(attach(2048) == 2048);
    CHECK(w.events("dev1").back().system_properties.size() == 1);
}

TEST_CASE("what a device with a model sends bears the model's id") {
    world w;
    device_peer d(w);
    const attach_options with_model{
        .name = {}, .properties = {{amqp::symbol{"com.microsoft:model-id"}, "dtmi:a;1"}}};
    peer_link& out = d.p.sender(d.at("messages/events"), with_model);
    amqp::message of_component = text_message("a");
    of_component.annotations = {{amqp::symbol{"dt-subject"}, "thermostat1"}};
    d.p.send(out, of_component);
    REQUIRE(d.p.put_token(token_of(device)) == 200); // renewed
    amqp::message claims = text_message("b");
    claims.annotations = {{amqp::symbol{"dt-dataschema"}, "dtmi:other;1"}};
    d.p.send(out, claims);
    const auto events = w.events("dev1");
    REQUIRE(events.size() == 2);
    CHECK(events[0].system_properties ==
          property_bag{{"dt-subject", "thermostat1"}, {"dt-dataschema", "dtmi:a;1"}});
    CHECK(events[1].system_properties == property_bag{{"dt-dataschema", "dtmi:a;1"}});
}

TEST_CASE("a model that was announced earlier is not that of a later session") {
    world w;
    {
        device_peer d(w);
        d.p.sender(
            d.at("messages/events"),
            {.name = {}, .properties = {{amqp::symbol{"com.microsoft:model-id"}, "dtmi:a;1"}}});
    }
    sending s(w);
    s.d.p.send(s.out, text_message("a"));
    REQUIRE(w.events("dev1").size() == 1);
    CHECK(w.events("dev1")[0].system_properties.empty());
}
