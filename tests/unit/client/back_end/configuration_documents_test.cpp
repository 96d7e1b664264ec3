#include "client/src/back_end/configuration_documents.hpp"

#include "common/json.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::json;
using namespace iothub::client;

TEST_CASE("what may be written of a configuration is sent") {
    iothub::configuration wanted{.id = "c1"};
    wanted.content = json{{"deviceContent", json{{"properties.desired.x", 1}}}};
    CHECK(to_document(wanted).dump() ==
          R"({"id":"c1","labels":{},"content":{"deviceContent":{"properties.desired.x":1}},)"
          R"("targetCondition":"","priority":0,"metrics":{"queries":{}}})");
    wanted.schema_version = "2.0";
    wanted.labels = {{"a", "b"}};
    wanted.target_condition = "*";
    wanted.priority = 7;
    wanted.metrics.queries = {{"n", "SELECT deviceId FROM devices"}};
    wanted.metrics.results = {{"n", 3}};
    wanted.etag = "MQ==";
    wanted.content = json();
    CHECK(to_document(wanted).dump() ==
          R"({"id":"c1","schemaVersion":"2.0","labels":{"a":"b"},"content":null,)"
          R"("targetCondition":"*","priority":7,)"
          R"("metrics":{"queries":{"n":"SELECT deviceId FROM devices"}}})");
}

TEST_CASE("a configuration is read as the hub writes it") {
    const auto found = read_configuration(json::parse(
        R"({"id":"c1","schemaVersion":null,"labels":null,"content":{"deviceContent":{"x":1}},)"
        R"("targetCondition":"*","createdTimeUtc":"2020-07-28T22:17:23Z","lastUpdatedTimeUtc":null,)"
        R"("priority":7,"systemMetrics":{"results":{"targetedCount":2},"queries":)"
        R"({"targetedCount":"select deviceId from devices"}},"metrics":{"results":{},)"
        R"("queries":{"n":"q"}},"etag":"MQ=="})"));
    CHECK(found.id == "c1");
    CHECK(found.schema_version.empty());
    CHECK(found.labels.empty());
    CHECK(found.content->dump() == R"({"deviceContent":{"x":1}})");
    CHECK(found.target_condition == "*");
    CHECK(found.created_time);
    CHECK_FALSE(found.last_updated_time);
    CHECK(found.priority == 7);
    CHECK(found.system_metrics.results.at("targetedCount") == 2);
    CHECK(found.system_metrics.queries.at("targetedCount") == "select deviceId from devices");
    CHECK(found.metrics.queries.at("n") == "q");
    CHECK(found.metrics.results.empty());
    CHECK(found.etag == "MQ==");
}

TEST_CASE("what is no configuration is a protocol error") {
    const auto text = GENERATE(
        as<std::string>{}, "null", "[]", "{}", R"({"id":7})", R"({"id":"c","labels":[]})",
        R"({"id":"c","metrics":{"results":{"n":"many"}}})", R"({"id":"c","priority":"x"})");
    CHECK_THROWS_AS(read_configuration(json::parse(text)), iothub::protocol_error);
}

TEST_CASE("a test of queries tells only of faults") {
    const auto fine = read_query_faults(
        json::parse(R"({"targetConditionError":null,"customMetricQueryErrors":{"n":null}})"));
    CHECK(fine.target_condition.empty());
    CHECK(fine.metrics.empty());
    const auto faults = read_query_faults(
        json::parse(R"({"targetConditionError":"no","customMetricQueryErrors":{"n":"neither"}})"));
    CHECK(faults.target_condition == "no");
    CHECK(faults.metrics.at("n") == "neither");
    CHECK(read_query_faults(json::object()).metrics.empty());
}

TEST_CASE("what is no test of queries is a protocol error") {
    const auto text = GENERATE(as<std::string>{}, "null", "[]", R"({"targetConditionError":7})",
                               R"({"customMetricQueryErrors":{"n":7}})");
    CHECK_THROWS_AS(read_query_faults(json::parse(text)), iothub::protocol_error);
}
