// Telemetry read by the C++ client over AMQP, with TLS and without.

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "integration/hub/back_end_clients.hpp"
#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

namespace {

constexpr auto long_enough = std::chrono::seconds(20);

void send_events(emulator& hub, const std::string& device, int from, int to) {
    auto client = test::connect_device(hub, device);
    for (int i = from; i <= to; ++i) {
        message event;
        event.body = std::to_string(i);
        client.send_event(event);
    }
}

std::string partition_of(emulator& hub, const std::string& device) {
    return std::to_string(hub.events({.device_id = device, .count = 1}).events.at(0).partition);
}

std::vector<std::string> bodies(const std::vector<partition_event>& events) {
    std::vector<std::string> all;
    for (const partition_event& one : events) {
        all.push_back(one.body);
    }
    return all;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("an event comes with all that its device gave it") {
    emulator hub;
    message event;
    event.body = std::string("\0\xFF", 2);
    event.properties = {{"colour", "red"}, {"empty", ""}};
    event.message_id = "m1";
    event.correlation_id = "c1";
    event.content_type = "application/json";
    event.content_encoding = "utf-8";
    auto module = test::connect_module(hub, "d", "m");
    module.send_event(event);

    const auto before = std::chrono::system_clock::now() - std::chrono::hours(1);
    const auto events = test::consumer_of(hub).read_batch(
        partition_of(hub, "d"), event_position::earliest(), {.time = long_enough, .events = 1});
    REQUIRE(events.size() == 1);
    const partition_event& got = events[0];
    CHECK(got.body == event.body);
    CHECK(got.properties == event.properties);
    CHECK(got.message_id == "m1");
    CHECK(got.correlation_id == "c1");
    CHECK(got.content_type == "application/json");
    CHECK(got.content_encoding == "utf-8");
    CHECK(got.device_id == "d");
    CHECK(got.module_id == "m");
    CHECK(got.partition_id == partition_of(hub, "d"));
    CHECK(got.sequence_number == 0);
    CHECK(got.offset == "0");
    CHECK(got.enqueued_time > before);
    CHECK(got.system_properties.at("iothub-message-source") == "Telemetry");
    CHECK(got.system_properties.count("iothub-connection-auth-generation-id") == 1);
    CHECK(got.system_properties.count("x-opt-offset") == 0);
}

TEST_CASE("a hub tells of what it was asked to tell of, in as many partitions") {
    emulator_options options;
    options.config = R"({"partitions": 2, "retentionHours": 1,
                         "eventSources": ["deviceLifecycleEvents", "twinChangeEvents"]})";
    emulator hub(options);
    const event_consumer consumer = test::consumer_of(hub);
    CHECK(consumer.partition_ids() == texts{"0", "1"});
    auto module = test::connect_module(hub, "d", "m");
    module.update_reported_properties({{"t", 21}});
    const auto events = consumer.read_batch(partition_of(hub, "d"), event_position::earliest(),
                                            {.time = long_enough, .events = 3});
    texts told;
    for (const partition_event& one : events) {
        told.push_back(one.system_properties.at("iothub-message-source") + " " +
                       one.properties.at("opType") + " " + one.device_id + "/" + one.module_id);
    }
    CHECK(told == texts{"deviceLifecycleEvents createDeviceIdentity d/",
                        "deviceLifecycleEvents createDeviceIdentity d/m",
                        "twinChangeEvents updateTwin d/m"});
    CHECK(parse_json(events.back().body).value()["properties"]["reported"]["t"] == 21);
}

TEST_CASE("reading begins where it is told to") {
    emulator hub;
    send_events(hub, "d", 1, 5);
    const std::string partition = partition_of(hub, "d");
    const event_consumer consumer = test::consumer_of(hub);
    const auto all = consumer.read_batch(partition, event_position::earliest(),
                                         {.time = long_enough, .events = 5});
    CHECK(bodies(all) == texts{"1", "2", "3", "4", "5"});
    const auto from = [&](const event_position& where, std::size_t count) {
        return bodies(
            consumer.read_batch(partition, where, {.time = long_enough, .events = count}));
    };
    CHECK(from(event_position::after(all[2]), 2) == texts{"4", "5"});
    CHECK(from(event_position::from_sequence_number(all[3].sequence_number), 2) == texts{"4", "5"});
    CHECK(from(event_position::from_offset(all[3].offset), 2) == texts{"4", "5"});
    CHECK(from(event_position::from_offset(all[3].offset, false), 1) == texts{"5"});
    CHECK(from(event_position::from_enqueued_time(all[0].enqueued_time), 5).size() == 5);
    CHECK(from(event_position::earliest(), 0).empty());
}

TEST_CASE("reading ends with its time, and goes on with what comes meanwhile") {
    emulator hub;
    send_events(hub, "d", 1, 1);
    const std::string partition = partition_of(hub, "d");
    const event_consumer consumer = test::consumer_of(hub);
    CHECK(consumer
              .read_batch(partition, event_position::latest(),
                          {.time = std::chrono::milliseconds(30)})
              .empty());

    std::vector<std::string> got;
    bool sent = false;
    consumer.read(partition, event_position::earliest(),
                  [&](const partition_event& one) {
                      got.push_back(one.body);
                      if (!sent) {
                          sent = true;
                          send_events(hub, "d", 2, 3);
                      }
                      return one.body != "3";
                  },
                  {.time = long_enough});
    CHECK(got == texts{"1", "2", "3"});
}

TEST_CASE("events of all partitions are read together") {
    emulator hub;
    std::set<std::string> partitions;
    for (int i = 0; i < 8; ++i) {
        const std::string device = "d" + std::to_string(i);
        send_events(hub, device, 1, 2);
        partitions.insert(partition_of(hub, device));
    }
    REQUIRE(partitions.size() > 1);
    std::map<std::string, texts> got;
    test::consumer_of(hub).read_all(event_position::earliest(),
                                    [&](const partition_event& one) {
                                        got[one.device_id].push_back(one.body);
                                        return true;
                                    },
                                    {.time = long_enough, .events = 16});
    CHECK(got.size() == 8);
    for (const auto& [device, of_device] : got) {
        CHECK(of_device == texts{"1", "2"});
    }
}

TEST_CASE("hundreds of large events come whole and in order, without TLS") {
    emulator hub;
    auto device = test::connect_device(hub, "d");
    for (int i = 0; i < 300; ++i) {
        message event;
        event.body = std::to_string(i) + std::string(i % 3 == 0 ? 100'000 : 10, 'x');
        device.send_event(event);
    }
    const auto consumer =
        event_consumer::create_from_connection_string(test::event_hubs_string(hub));
    const auto events = consumer.read_batch(partition_of(hub, "d"), event_position::earliest(),
                                            {.time = long_enough, .events = 300});
    REQUIRE(events.size() == 300);
    for (std::size_t i = 0; i < events.size(); ++i) {
        CHECK(events[i].sequence_number == static_cast<std::int64_t>(i));
        CHECK(events[i].body.size() == std::to_string(i).size() + (i % 3 == 0 ? 100'000 : 10));
    }
}

TEST_CASE("partitions tell what they hold") {
    emulator hub;
    send_events(hub, "d", 1, 3);
    const std::string partition = partition_of(hub, "d");
    for (const event_consumer& consumer :
         {test::consumer_of(hub),
          event_consumer::create_from_connection_string(test::event_hubs_string(hub))}) {
        const event_hub_properties all = consumer.get_properties();
        CHECK_FALSE(all.name.empty());
        CHECK(all.partition_ids == texts{"0", "1", "2", "3"});
        CHECK(consumer.partition_ids() == all.partition_ids);
        const partition_properties held = consumer.get_partition_properties(partition);
        CHECK(held.id == partition);
        CHECK_FALSE(held.is_empty);
        CHECK(held.beginning_sequence_number == 0);
        CHECK(held.last_enqueued_sequence_number == 2);
        CHECK_FALSE(held.last_enqueued_offset.empty());
        CHECK(held.last_enqueued_time > hub_time(std::chrono::seconds(1'000'000'000)));
        const partition_properties other =
            consumer.get_partition_properties(partition == "0" ? "1" : "0");
        CHECK(other.is_empty);
        CHECK(other.last_enqueued_sequence_number == -1);
    }
}

TEST_CASE("reading says what is wrong with it") {
    emulator hub;
    const event_consumer consumer = test::consumer_of(hub);
    const read_limits soon{.time = std::chrono::milliseconds(50)};
    CHECK_THROWS_AS(consumer.read_batch("99", event_position::earliest(), soon), argument_invalid);
    CHECK_THROWS_AS(consumer.get_partition_properties("99"), argument_invalid);
    CHECK_THROWS_AS(consumer.read_batch("0", event_position::from_sequence_number(1'000'000), soon),
                    argument_invalid);
    CHECK_THROWS_AS(test::consumer_of(hub, "device").get_properties(), unauthorized);
    CHECK_THROWS_AS(
        test::consumer_of(hub, "registryRead").read_batch("0", event_position::earliest(), soon),
        unauthorized);
    std::string wrong_key = test::event_hubs_string(hub);
    wrong_key.replace(wrong_key.find("SharedAccessKey=") + 16, 4, "AAAA");
    CHECK_THROWS_AS(event_consumer::create_from_connection_string(wrong_key).get_properties(),
                    unauthorized);
}

TEST_CASE("what a handler throws ends the reading") {
    emulator hub;
    send_events(hub, "d", 1, 1);
    const auto fail = [](const partition_event&) -> bool { throw std::domain_error("enough"); };
    CHECK_THROWS_AS(
        test::consumer_of(hub).read_all(event_position::earliest(), fail, {.time = long_enough}),
        std::domain_error);
}

TEST_CASE("a hub that goes away ends the reading with network_error") {
    emulator hub;
    send_events(hub, "d", 1, 1);
    const auto stop = [&](const partition_event&) {
        hub.stop();
        return true;
    };
    const event_consumer consumer = test::consumer_of(hub);
    CHECK_THROWS_AS(consumer.read_all(event_position::earliest(), stop, {.time = long_enough}),
                    network_error);
    CHECK_THROWS_AS(consumer.partition_ids(), network_error);
}

TEST_CASE("a proof is renewed while reading goes on") {
    emulator hub;
    send_events(hub, "d", 1, 1);
    event_consumer_options options;
    options.sas_token_lifetime = std::chrono::seconds(3);
    const auto consumer =
        event_consumer::create_from_connection_string(test::event_hubs_string(hub), options);
    std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(3300));
        send_events(hub, "d", 2, 2);
    });
    const auto got = consumer.read_batch(partition_of(hub, "d"), event_position::earliest(),
                                         {.time = long_enough, .events = 2});
    CHECK(bodies(got) == texts{"1", "2"});
}
