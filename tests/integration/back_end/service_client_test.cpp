// Messages to devices over AMQP, their feedback, and methods, of the C++ client against the hub.

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "integration/hub/back_end_clients.hpp"
#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"

using namespace iothub;

namespace {

int code_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const hub_error& refused) {
        return refused.code();
    }
    return 0;
}

cloud_to_device_message with_body(const std::string& body) {
    cloud_to_device_message message;
    message.body = body;
    return message;
}

} // namespace

TEST_CASE("a device gets a message with all that its sender gave it") {
    emulator hub;
    const service_client service = test::service_of(hub);
    auto device = test::connect_device(hub, "a+b%2F'");
    test::inbox<received_message> inbox;
    device.on_message([&](const received_message& one) { inbox.put(one); });
    cloud_to_device_message message;
    message.body = std::string("he\0llo", 6);
    message.properties = {{"colour", "ro\xC3\xA9"}, {"empty", ""}};
    message.message_id = "m1";
    message.correlation_id = "c1";
    message.user_id = "u1";
    message.content_type = "text/plain";
    message.content_encoding = "utf-8";
    message.expiry_time = hub_time(std::chrono::seconds(4'102'444'800));
    service.send("a+b%2F'", message);

    const received_message got = inbox.take();
    CHECK(got.body == message.body);
    CHECK(got.properties == message.properties);
    CHECK(got.message_id == "m1");
    CHECK(got.correlation_id == "c1");
    CHECK(got.user_id == "u1");
    CHECK(got.content_type == "text/plain");
    CHECK(got.content_encoding == "utf-8");
    CHECK_THAT(got.expiry_time, Catch::StartsWith("2100-01-01T00:00:00"));
}

TEST_CASE("a module gets its own messages, one after another over one connection") {
    emulator hub;
    const service_client service = test::service_of(hub);
    auto module = test::connect_module(hub, "d", "m");
    test::inbox<received_message> inbox;
    module.on_message([&](const received_message& one) { inbox.put(one); });
    for (const std::string body : {"1", "2", "3"}) {
        service.send("d", "m", with_body(body));
    }
    CHECK(inbox.take().body == "1");
    CHECK(inbox.take().body == "2");
    CHECK(inbox.take().body == "3");
}

TEST_CASE("a large message goes in several frames; a too large one is refused") {
    emulator hub;
    const service_client service = test::service_of(hub);
    hub.device_connection_string("d");
    service.send("d", with_body(std::string(60'000, 'x')));
    CHECK_THROWS_AS(service.send("d", with_body(std::string(70'000, 'x'))), too_large);
    service.send("d", with_body("goes on"));
    CHECK(service.purge_message_queue("d") == 2);
}

TEST_CASE("sending says what is wrong with it") {
    emulator hub;
    const service_client service = test::service_of(hub);
    hub.device_connection_string("d");
    CHECK_THROWS_AS(service.send("nobody", with_body("x")), device_not_found);
    CHECK_THROWS_AS(service.send("d", "nobody", with_body("x")), hub_error);
    CHECK_THROWS_AS(service.send("", with_body("x")), argument_invalid);
    CHECK(code_of([&] { service.send("nobody", with_body("x")); }) == 404001);
    for (int i = 0; i < 50; ++i) {
        service.send("d", with_body("x"));
    }
    CHECK_THROWS_AS(service.send("d", with_body("x")), quota_exceeded);
    CHECK(code_of([&] { service.send("d", with_body("x")); }) == 403004);
}

TEST_CASE("sending needs the right to it and a hub that is there") {
    emulator hub;
    hub.device_connection_string("d");
    CHECK_THROWS_AS(test::service_of(hub, "device").send("d", with_body("x")), unauthorized);
    service_options options;
    options.ca_pem = hub.ca_pem();
    options.amqps_port = hub.ports().amqps;
    std::string other = hub.connection_string("service");
    other.replace(other.find("SharedAccessKey=") + 16, 4, "AAAA");
    CHECK_THROWS_AS(
        service_client::create_from_connection_string(other, options).send("d", with_body("x")),
        unauthorized);
    const service_client service = test::service_of(hub);
    service.send("d", with_body("x"));
    hub.stop();
    CHECK_THROWS_AS(service.send("d", with_body("x")), network_error);
}

TEST_CASE("a kept connection that was closed is made anew") {
    emulator hub;
    const service_client service = test::service_of(hub);
    hub.device_connection_string("d");
    service.send("d", with_body("x"));
    hub.reset();
    hub.device_connection_string("d");
    try {
        service.send("d", with_body("x"));
    } catch (const network_error&) {
        // it was closed while it was used
    }
    service.send("d", with_body("x"));
    CHECK(service.purge_message_queue("d") >= 1);
}

TEST_CASE("a hub that nobody trusts is not sent to") {
    emulator hub;
    service_options options;
    options.amqps_port = hub.ports().amqps;
    const auto service =
        service_client::create_from_connection_string(hub.connection_string("service"), options);
    CHECK_THROWS_WITH(service.send("d", with_body("x")),
                      Catch::Contains("certificate verify failed"));
}

TEST_CASE("a sender gets feedback on its message") {
    emulator hub;
    const service_client service = test::service_of(hub);
    hub.device_connection_string("d");
    cloud_to_device_message message = with_body("x");
    message.message_id = "m1";
    message.acknowledgement = delivery_acknowledgement::full;
    service.send("d", message);
    service.purge_message_queue("d");
    const auto batch = service.feedback().receive();
    REQUIRE(batch);
    REQUIRE(batch->records.size() == 1);
    CHECK(batch->records[0].original_message_id == "m1");
    CHECK(batch->records[0].status_code == "Purged");
}

TEST_CASE("a service client calls methods of devices and modules") {
    emulator hub;
    const service_client service = test::service_of(hub);
    auto device = test::connect_device(hub, "d");
    auto module = test::connect_module(hub, "d", "m");
    device.on_method("who", [](const auto&) { return method_response(200, "device"); });
    module.on_method("who", [](const auto&) { return method_response(201, "module"); });
    CHECK(service.invoke_method("d", "who", nullptr).payload() == "device");
    CHECK(service.invoke_module_method("d", "m", "who", nullptr).payload() == "module");
}
