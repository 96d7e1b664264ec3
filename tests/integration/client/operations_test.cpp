// Twins, events and callbacks against a stub, and what becomes of them when it fails.

#include <iothub/device_client.hpp>
#include <iothub/module_client.hpp>
#include <nlohmann/json.hpp>

#include "integration/client/stub_hub.hpp"
#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub::test;
using iothub::json;
using iothub::module_client;

namespace {

module_client client_of(const tls_stub& stub) {
    return module_client::create_from_connection_string(module_string(stub), trusting(stub));
}

void notify(stub_peer& peer, const std::string& patch) {
    peer.write(packet::publish("$iothub/twin/PATCH/properties/desired/?$version=2", patch));
}

} // namespace

TEST_CASE("a device reads its twin, reports and sends") {
    stub_hub hub;
    hub.twin = R"({"desired":{"z":1,"a":2,"$version":4},"reported":{"$version":3}})";
    tls_stub stub({hub.script()});
    auto client = iothub::device_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(stub.port()) +
            ";DeviceId=d;SharedAccessKey=" + test_key,
        trusting(stub));
    const auto twin = client.get_twin();
    CHECK(twin.properties_text() == hub.twin);
    CHECK(twin.desired_version() == 4);

    client.update_reported_properties(json{{"temperature", 21.5}});
    CHECK_THAT(hub.published.take(), Catch::EndsWith("|{\"temperature\":21.5}"));
    client.send_event({.body = std::string("\0\1", 2), .properties = {{"k", "v"}}});
    CHECK(hub.published.take() == "devices/d/messages/events/k=v|" + std::string("\0\1", 2));
    CHECK_THROWS_AS(client.update_reported_properties(json::array()), iothub::argument_invalid);
}

TEST_CASE("a refused patch is the hub's error") {
    stub_hub hub;
    hub.patch_status = 400;
    hub.patch_answer = R"({"errorCode":400004,"trackingId":"T","message":"too deep"})";
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    CHECK_THROWS_AS(client.update_reported_properties(json::object()), iothub::argument_invalid);
    CHECK_THROWS_WITH(client.update_reported_properties(json::object()), "too deep");
}

TEST_CASE("an answer that is no twin is a protocol error") {
    stub_hub hub;
    hub.twin = "[]";
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    CHECK_THROWS_AS(client.get_twin(), iothub::protocol_error);
}

TEST_CASE("blocking calls work inside callbacks") {
    stub_hub hub;
    hub.after_subscribe = [](stub_peer& peer) { notify(peer, R"({"a":1,"$version":2})"); };
    tls_stub stub({hub.script()});
    inbox<std::string> seen;
    auto client = client_of(stub);
    client.set_desired_property_update_callback([&](const nlohmann::json& patch) {
        client.update_reported_properties(json{{"seen", patch.at("a")}});
        client.send_event({.body = "x"});
        seen.put(client.get_twin().properties_text());
        client.close();
        seen.put("closed");
    });
    CHECK(seen.take() == hub.twin);
    CHECK(seen.take() == "closed");
}

TEST_CASE("a callback that throws is told of, and the next one runs") {
    stub_hub hub;
    hub.after_subscribe = [](stub_peer& peer) {
        notify(peer, R"({"a":1,"$version":2})");
        notify(peer, R"({"a":2,"$version":3})");
    };
    tls_stub stub({hub.script()});
    auto options = trusting(stub);
    inbox<int> thrown;
    options.callback_error_handler = [&](const std::exception_ptr& error) {
        try {
            std::rethrow_exception(error);
        } catch (int value) {
            thrown.put(value);
        }
    };
    auto client = module_client::create_from_connection_string(module_string(stub), options);
    client.set_desired_property_update_callback(
        [](const nlohmann::json& patch) { throw patch.at("a").get<int>(); });
    CHECK(thrown.take() == 1);
    CHECK(thrown.take() == 2);
}

TEST_CASE("an event that was on its way when the connection broke is sent again") {
    stub_hub hub;
    tls_stub stub({[](stub_peer& peer) {
                       answer_connect(peer);
                       read_packet(peer); // the event, and no answer
                   },
                   hub.script()});
    auto client = client_of(stub);
    client.send_event({.body = "kept"});
    CHECK(hub.published.take() == "devices/d/modules/m/messages/events/|kept");
}

TEST_CASE("a twin request goes on after a reconnect") {
    stub_hub hub;
    stub_hub mute;
    mute.answers_twin = false;
    mute.after_subscribe = [](stub_peer& peer) {
        read_packet(peer); // the request
        throw std::runtime_error("drops the client");
    };
    tls_stub stub({mute.script(), hub.script()});
    auto client = client_of(stub);
    CHECK(client.get_twin().properties_text() == hub.twin);
}

TEST_CASE("a hub that does not answer ends calls in a time-out") {
    stub_hub hub;
    hub.acknowledges = false;
    hub.answers_twin = false;
    tls_stub stub({hub.script()});
    auto options = trusting(stub);
    options.operation_timeout = std::chrono::milliseconds(500);
    auto client = module_client::create_from_connection_string(module_string(stub), options);
    client.open();
    auto twin = client.get_twin_async();
    auto event = client.send_event_async({.body = "x"});
    CHECK_THROWS_AS(twin.get(), iothub::time_out);
    CHECK_THROWS_AS(event.get(), iothub::time_out);
}

TEST_CASE("closing fails what is under way") {
    stub_hub hub;
    hub.answers_twin = false;
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    client.open();
    auto twin = client.get_twin_async();
    client.close();
    CHECK_THROWS_AS(twin.get(), iothub::client_closed);
}

TEST_CASE("destroying a client fails what is under way") {
    stub_hub hub;
    hub.answers_twin = false;
    tls_stub stub({[](stub_peer& peer) { peer.wait_until_closed(); }});
    std::future<iothub::twin> twin;
    std::future<void> opening;
    {
        auto client = client_of(stub);
        opening = client.open_async();
        twin = client.get_twin_async();
    }
    CHECK_THROWS_AS(opening.get(), iothub::client_closed);
    CHECK_THROWS_AS(twin.get(), iothub::client_closed);
}

TEST_CASE("many threads use one client") {
    stub_hub hub;
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    std::vector<std::thread> threads;
    std::atomic<int> sent = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 25; ++k) {
                client.send_event({.body = "x"});
                client.update_reported_properties(json{{"k", k}});
                ++sent;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(sent == 200);
    CHECK(stub.connections() == 1);
}

TEST_CASE("an event of nearly 256 KiB arrives whole, a larger one is refused") {
    stub_hub hub;
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    const std::string body(250'000, 'x');
    client.send_event({.body = body});
    CHECK(hub.published.take() == "devices/d/modules/m/messages/events/|" + body);
    CHECK_THROWS_AS(client.send_event({.body = std::string(262'145, 'x')}), iothub::too_large);
}
