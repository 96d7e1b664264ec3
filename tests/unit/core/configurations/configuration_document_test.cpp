#include "emulator/core/configurations/configuration_document.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

result<configuration> read(const char* text, const std::string& id = "c1") {
    return read_configuration_document(json::parse(text), id);
}

} // namespace

TEST_CASE("a configuration's document is read", "[configurations]") {
    const auto c = read(R"({"id":"c1","schemaVersion":"1.0","labels":{"a":"b"},
        "content":{"deviceContent":{"properties.desired.a":1}},"targetCondition":"*",
        "priority":-5,"metrics":{"queries":{"n":"select deviceId from devices"},"results":{"n":7}},
        "systemMetrics":{"results":7},"etag":5,"createdTimeUtc":1})");
    REQUIRE(c);
    CHECK(c->id == "c1");
    CHECK(c->schema_version == "1.0");
    CHECK(c->labels.dump() == R"({"a":"b"})");
    CHECK(c->content.dump() == R"({"deviceContent":{"properties.desired.a":1}})");
    CHECK(c->target_condition == "*");
    CHECK(c->priority == -5);
    CHECK(c->metrics.dump() == R"({"n":"select deviceId from devices"})");
}

TEST_CASE("what a configuration's document does not say has a default", "[configurations]") {
    const auto c = read(R"({"content":{},"labels":null,"metrics":null,"schemaVersion":null})");
    REQUIRE(c);
    CHECK(c->id == "c1");
    CHECK_FALSE(c->schema_version);
    CHECK(c->labels.is_null());
    CHECK(c->target_condition.empty());
    CHECK(c->priority == 0);
    CHECK(c->metrics.dump() == "{}");
}

TEST_CASE("a member of the wrong type is named", "[configurations]") {
    const auto [text, member] = GENERATE(table<const char*, const char*>({
        {R"({"content":{},"id":7})", "'id'"},
        {R"({"content":{},"id":"other"})", "'id'"},
        {R"({"content":{},"schemaVersion":1})", "'schemaVersion'"},
        {R"({"content":{},"labels":[]})", "'labels'"},
        {R"({"content":{},"labels":{"a":1}})", "'labels'"},
        {R"({"content":{},"targetCondition":{}})", "'targetCondition'"},
        {R"({"content":{},"priority":"1"})", "'priority'"},
        {R"({"content":{},"priority":1.5})", "'priority'"},
        {R"({"content":{},"priority":2147483648})", "'priority'"},
        {R"({"content":{},"priority":18446744073709551615})", "'priority'"}, // not -1
        {R"({"content":{},"priority":-2147483649})", "'priority'"},
        {R"({"content":{},"metrics":5})", "'metrics'"},
        {R"({"content":{},"metrics":{"queries":[]}})", "'metrics.queries'"},
        {R"({"content":{},"metrics":{"queries":{"a":null}}})", "'metrics.queries'"},
    }));
    const auto refused = read(text);
    INFO(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message.find(member) != std::string::npos);
}

TEST_CASE("the id of a configuration is lower-case and short", "[configurations]") {
    const auto good = GENERATE(as<std::string>{}, "a", "a-b+c%d_e*f!g'0", std::string(128, 'x'));
    CHECK(read(R"({"content":{}})", good));
    const auto bad =
        GENERATE(as<std::string>{}, "A", "a.b", "a b", "", "\u00e4", "a/b", std::string(129, 'x'));
    const auto refused = read(R"({"content":{}})", bad);
    INFO(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
}

TEST_CASE("a configuration without a content is refused as such", "[configurations]") {
    const char* text = GENERATE("{}", R"({"content":null})");
    CHECK(read(text).error().code == errc::invalid_configuration_content);
}

TEST_CASE("queries are tested without being run", "[configurations]") {
    const auto test = [](const char* text) {
        return test_configuration_queries(json::parse(text)).value();
    };
    CHECK(test("{}").dump() == R"({"targetConditionError":null,"customMetricQueryErrors":{}})");
    CHECK(test(R"({"targetCondition":"tags.a = 1","customMetricQueries":
                   {"n":"select deviceId from devices"}})")
              .dump() == R"({"targetConditionError":null,"customMetricQueryErrors":{"n":null}})");
    CHECK(test(R"({"targetCondition":"from devices.modules where tags.a = 1"})")
              ["targetConditionError"]
                  .is_null());
    CHECK(test(R"({"targetCondition":"*"})")["targetConditionError"].is_string());
    CHECK(test(R"({"targetCondition":"status = 'x'"})")["targetConditionError"].is_string());
    const json faults = test(R"({"customMetricQueries":{"good":"select * from devices",
                                                        "bad":"select"}})");
    CHECK(faults["customMetricQueryErrors"]["good"].is_null());
    CHECK(faults["customMetricQueryErrors"]["bad"].is_string());
}

TEST_CASE("queries to be tested are texts", "[configurations]") {
    const char* text = GENERATE(R"({"targetCondition":5})", R"({"customMetricQueries":[]})",
                                R"({"customMetricQueries":{"a":1}})");
    CHECK(test_configuration_queries(json::parse(text)).error().code == errc::argument_invalid);
}

TEST_CASE("one hundred queries are tested at once, and not one more", "[configurations]") {
    json queries = json::object();
    for (int i = 0; i < 100; ++i) {
        queries["q" + std::to_string(i)] = "select * from devices";
    }
    CHECK(test_configuration_queries({{"customMetricQueries", queries}}));
    queries["one"] = "select * from devices";
    const auto refused = test_configuration_queries({{"customMetricQueries", queries}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
}

} // namespace iothub::core
