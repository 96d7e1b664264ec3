#include "client/src/back_end/event_documents.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using namespace iothub::client;
using iothub::event_position;
using iothub::hub_time;
using texts = std::map<std::string, std::string>;

TEST_CASE("an event is read with its place, its source and its properties") {
    const hub_time time(std::chrono::milliseconds(1'595'974'643'785));
    const auto event = read_event({.message_id = "m",
                                   .correlation_id = "c",
                                   .user_id = "u",
                                   .to = "/t",
                                   .content_type = "t",
                                   .content_encoding = "e",
                                   .expiry = time,
                                   .annotations = {{"x-opt-sequence-number", std::int64_t(12)},
                                                   {"x-opt-offset", "512"},
                                                   {"x-opt-enqueued-time", time},
                                                   {"iothub-connection-device-id", "d"},
                                                   {"iothub-connection-module-id", "mod"},
                                                   {"iothub-enqueuedtime", time},
                                                   {"iothub-message-source", "Telemetry"}},
                                   .application_properties = {{"a", "1"}, {"n", std::int64_t(2)}},
                                   .body = "b"},
                                  "3");
    CHECK(event.sequence_number == 12);
    CHECK(event.offset == "512");
    CHECK(event.enqueued_time == time);
    CHECK(event.partition_id == "3");
    CHECK(event.device_id == "d");
    CHECK(event.module_id == "mod");
    CHECK(event.message_id == "m");
    CHECK(event.correlation_id == "c");
    CHECK(event.content_type == "t");
    CHECK(event.content_encoding == "e");
    CHECK(event.body == "b");
    CHECK(event.properties == texts{{"a", "1"}, {"n", "2"}});
    CHECK(event.system_properties == texts{{"absolute-expiry-time", "2020-07-28T22:17:23.785Z"},
                                           {"iothub-enqueuedtime", "2020-07-28T22:17:23.785Z"},
                                           {"iothub-message-source", "Telemetry"},
                                           {"to", "/t"},
                                           {"user-id", "u"}});
}

TEST_CASE("an event of nobody's is read too") {
    const auto event = read_event({}, "0");
    CHECK(event.device_id.empty());
    CHECK(event.offset.empty());
    CHECK(event.system_properties.empty());
}

TEST_CASE("an event hub and a partition are read as they are described") {
    const auto all =
        read_event_hub({{"name", "n"}, {"partition_ids", std::vector<std::string>{"0", "1"}}});
    CHECK(all.name == "n");
    CHECK(all.partition_ids == std::vector<std::string>{"0", "1"});
    CHECK(read_event_hub({{"partition_ids", "0"}}).partition_ids.empty());

    const hub_time time(std::chrono::seconds(5));
    const auto one = read_partition({{"partition", "1"},
                                     {"begin_sequence_number", std::int64_t(3)},
                                     {"last_enqueued_sequence_number", std::int64_t(9)},
                                     {"last_enqueued_offset", "77"},
                                     {"last_enqueued_time_utc", time},
                                     {"is_partition_empty", false}});
    CHECK(one.id == "1");
    CHECK(one.beginning_sequence_number == 3);
    CHECK(one.last_enqueued_sequence_number == 9);
    CHECK(one.last_enqueued_offset == "77");
    CHECK(one.last_enqueued_time == time);
    CHECK_FALSE(one.is_empty);
    CHECK(read_partition({{"is_partition_empty", true}}).is_empty);
}

TEST_CASE("positions are selectors") {
    CHECK(event_position::earliest().selector() == "amqp.annotation.x-opt-offset > '-1'");
    CHECK(event_position::latest().selector() == "amqp.annotation.x-opt-offset > '@latest'");
    CHECK(event_position::from_sequence_number(5).selector() ==
          "amqp.annotation.x-opt-sequence-number >= '5'");
    CHECK(event_position::from_offset("7", false).selector() ==
          "amqp.annotation.x-opt-offset > '7'");
    CHECK(event_position::from_offset("7").selector() == "amqp.annotation.x-opt-offset >= '7'");
    CHECK(event_position::after({.sequence_number = 5}).selector() ==
          "amqp.annotation.x-opt-sequence-number > '5'");
    CHECK_THROWS_AS(event_position::from_offset(""), iothub::argument_invalid);
    CHECK_THROWS_AS(event_position::from_offset("1' OR '1"), iothub::argument_invalid);
}

TEST_CASE("a time includes what came in its millisecond") {
    const auto from = [](std::int64_t microseconds) {
        return event_position::from_enqueued_time(hub_time(std::chrono::microseconds(microseconds)))
            .selector();
    };
    CHECK(from(5'000) == "amqp.annotation.x-opt-enqueued-time > '4'");
    CHECK(from(5'001) == "amqp.annotation.x-opt-enqueued-time > '5'");
}
