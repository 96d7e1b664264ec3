#include "emulator/amqp/nodes/event_hub/event_message.hpp"

#include "emulator/amqp/values/message.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;

namespace {

core::event sent() {
    core::event e;
    e.sequence_number = 7;
    e.offset = 4321;
    e.enqueued = from_unix_seconds(1'700'000'000) + ticks(1'234'567);
    e.source = {"d1", ""};
    e.generation_id = "637";
    e.auth_method = R"({"scope":"device","type":"sas","issuer":"iothub"})";
    e.body = R"({"t":1})";
    return e;
}

// What a reader sees of an event: keys of annotations, symbols there, as plain texts.
message event_message(const core::event& e) {
    message read = decode_message(encode_event(e)).value();
    for (auto& [key, what] : read.annotations) {
        key = value(key.as<symbol>()->text);
    }
    return read;
}

const value& annotation(const message& m, std::string_view key) {
    const value* found = find(m.annotations, key);
    REQUIRE(found != nullptr);
    return *found;
}

} // namespace

TEST_CASE("an event has its annotations, each of its type", "[event_message]") {
    const message m = event_message(sent());
    const map expected = {
        {"x-opt-sequence-number", std::int64_t{7}},
        {"x-opt-offset", "4321"},
        {"x-opt-enqueued-time", milliseconds{1'700'000'000'123}},
        {"iothub-enqueuedtime", milliseconds{1'700'000'000'123}},
        {"iothub-connection-device-id", "d1"},
        {"iothub-connection-auth-method", R"({"scope":"device","type":"sas","issuer":"iothub"})"},
        {"iothub-connection-auth-generation-id", "637"},
        {"iothub-message-source", "Telemetry"},
    };
    CHECK(m.annotations == expected);
    CHECK_FALSE(m.properties);
    CHECK(m.application_properties.empty());
    CHECK(m.data == std::vector<std::string>{R"({"t":1})"});
    CHECK_FALSE(m.body);
}

TEST_CASE("an event of a module names it", "[event_message]") {
    core::event e = sent();
    e.source.module_id = "m1";
    const message m = event_message(e);
    CHECK(annotation(m, "iothub-connection-device-id") == value("d1"));
    CHECK(annotation(m, "iothub-connection-module-id") == value("m1"));
}

TEST_CASE("system properties are where AMQP has a place for them", "[event_message]") {
    core::event e = sent();
    e.system_properties = {{"message-id", "id1"},
                           {"correlation-id", "c1"},
                           {"user-id", "u1"},
                           {"to", "/devices/d1/messages/events"},
                           {"content-type", "text/plain"},
                           {"content-encoding", "utf-8"},
                           {"absolute-expiry-time", "2024-01-01T00:00:00Z"}};
    const message m = event_message(e);
    REQUIRE(m.properties);
    CHECK(m.properties->message_id == value("id1"));
    CHECK(m.properties->correlation_id == value("c1"));
    CHECK(m.properties->user_id == "u1");
    CHECK(m.properties->to == "/devices/d1/messages/events");
    CHECK(m.properties->content_type == "text/plain");
    CHECK(m.properties->content_encoding == "utf-8");
    CHECK(m.properties->absolute_expiry_time == milliseconds{1'704'067'200'000});
    CHECK(m.annotations.size() == 8);
}

TEST_CASE("other system properties are annotations, all but the creation time", "[event_message]") {
    core::event e = sent();
    e.system_properties = {{"dt-subject", "thermostat1"},
                           {"iothub-outputname", "out1"},
                           {"absolute-expiry-time", "soon"},
                           {"iothub-creation-time-utc", "2024-01-01T00:00:00Z"}};
    const message m = event_message(e);
    CHECK(annotation(m, "dt-subject") == value("thermostat1"));
    CHECK(annotation(m, "iothub-outputname") == value("out1"));
    CHECK(annotation(m, "absolute-expiry-time") == value("soon"));
    CHECK_FALSE(m.properties);
    CHECK(m.application_properties == map{{"iothub-creation-time-utc", "2024-01-01T00:00:00Z"}});
}

TEST_CASE("a source that the hub named stays", "[event_message]") {
    core::event e = sent();
    e.system_properties = {{"iothub-message-source", "twinChangeEvents"}};
    CHECK(annotation(event_message(e), "iothub-message-source") == value("twinChangeEvents"));
}

TEST_CASE("nobody speaks for the hub", "[event_message]") {
    core::event e = sent();
    e.system_properties = {{"iothub-connection-device-id", "other"}, {"x-opt-offset", "0"}};
    const message m = event_message(e);
    CHECK(m.annotations.size() == 8);
    CHECK(annotation(m, "iothub-connection-device-id") == value("d1"));
    CHECK(annotation(m, "x-opt-offset") == value("4321"));
}

TEST_CASE("application properties are strings, each key once", "[event_message]") {
    core::event e = sent();
    e.application_properties = {{"a", "1"}, {"none", std::nullopt}, {"a", "2"}, {"é", "ü"}};
    CHECK(event_message(e).application_properties == map{{"a", "1"}, {"none", ""}, {"é", "ü"}});
}

TEST_CASE("what is no UTF-8 is made readable, all but the body", "[event_message]") {
    core::event e = sent();
    e.system_properties = {{"message-id", "i\xff"}};
    e.application_properties = {{"k\xfe", "v\xc3("}, {"k\xff", "written alike"}};
    e.body = "\xff\xfe";
    const message m = event_message(e);
    CHECK(m.properties->message_id == value("i?"));
    CHECK(m.application_properties == map{{"k?", "v?("}});
    CHECK(m.data == std::vector<std::string>{"\xff\xfe"});
}

TEST_CASE("symbols are of ASCII alone: a content type, an annotation's key", "[event_message]") {
    core::event e = sent();
    e.system_properties = {{"content-type", "text/ü"}, {"é", "ü"}, {"è", "written alike"}};
    const message m = event_message(e);
    CHECK(m.properties->content_type == "text/??");
    CHECK(find_text(m.annotations, "??") == "ü");
    CHECK(std::ranges::count_if(m.annotations,
                                [](const auto& one) { return *one.first.text() == "??"; }) == 1);
}

TEST_CASE("an empty body is one empty data section", "[event_message]") {
    core::event e = sent();
    e.body.clear();
    CHECK(event_message(e).data == std::vector<std::string>{""});
}

TEST_CASE("of many properties, too, each key is there once", "[event_message]") {
    core::event e = sent();
    map expected;
    for (int n = 0; n < 100; ++n) {
        const std::string key = "k" + std::to_string(n);
        e.application_properties.push_back({key, "first"});
        expected.emplace_back(key, "first");
    }
    for (int n = 0; n < 100; ++n) {
        e.application_properties.push_back({"k" + std::to_string(n), "again"});
    }
    CHECK(event_message(e).application_properties == expected);
}

TEST_CASE("an event is written as Proton would write its message", "[event_message]") {
    core::event e = sent();
    e.sequence_number = GENERATE(0U, 127U, 128U, 1U << 31);
    e.system_properties = {{"message-id", "id1"}, {"dt-subject", std::string(300, 's')}};
    e.application_properties = {{std::string(255, 'k'), std::string(256, 'v')}, {"", ""}};
    e.body = std::string(70'000, 'b');
    const std::string written = encode_event(e);
    CHECK(encode_message(decode_message(written).value()) == written);
}
