#include "emulator/core/configurations/configuration_service.hpp"

#include "configuration_bench.hpp"
#include "emulator/core/configurations/configuration_line.hpp"

namespace iothub::core {

namespace {

constexpr const char* content = R"({"deviceContent":{"properties.desired.a":1}})";

using bench = test::configuration_bench;

errc refusal(bench& b, const configuration& c, const precondition& demand = {}) {
    const auto refused = b.service().put(c, demand);
    REQUIRE_FALSE(refused);
    return refused.error().code;
}

} // namespace

TEST_CASE("a configuration is created once", "[configurations]") {
    bench b;
    const auto made = b.service().put(b.wanted("c1", content), {});
    REQUIRE(made);
    CHECK(etag_text(*made) == "MQ==");
    CHECK(made->created == b.clock.now());
    CHECK(made->updated == b.clock.now());
    CHECK(b.service().get("c1").value() == *made);
    CHECK(refusal(b, b.wanted("c1", content)) == errc::configuration_already_exists);
}

TEST_CASE("an update keeps the creation and the content, and counts", "[configurations]") {
    bench b;
    const auto made = b.service().put(b.wanted("c1", content), {}).value();
    b.clock.advance(std::chrono::seconds(5));
    auto changed =
        b.wanted("c1", R"({"moduleContent":{"properties.desired.z":9}})", "tags.a = 1", 7);
    changed.labels = {{"k", "v"}};
    changed.schema_version = "2.0";
    const auto updated = b.service().put(changed, precondition::anything()).value();
    CHECK(etag_text(updated) == "Mg==");
    CHECK(updated.created == made.created);
    CHECK(updated.updated == b.clock.now());
    CHECK(updated.content.dump() == content);
    CHECK(updated.target_condition == "tags.a = 1");
    CHECK(updated.priority == 7);
    CHECK(updated.labels.dump() == R"({"k":"v"})");
    CHECK(updated.schema_version == "2.0");
    CHECK(b.service().get("c1").value() == updated);
}

TEST_CASE("an update demands that there is something to update, and may demand which",
          "[configurations]") {
    bench b;
    const auto c = b.wanted("c1", content);
    CHECK(refusal(b, c, precondition::anything()) == errc::configuration_not_found);
    REQUIRE(b.service().put(c, {}));
    CHECK(refusal(b, c, precondition::exactly("Mg==")) == errc::precondition_failed);
    CHECK(b.service().put(c, precondition::exactly("MQ==")));
    CHECK(refusal(b, c, precondition::exactly("MQ==")) == errc::precondition_failed);
}

TEST_CASE("an update without a proper content is refused, though it is not taken over",
          "[configurations]") {
    bench b;
    REQUIRE(b.service().put(b.wanted("c1", content), {}));
    CHECK(refusal(b, b.wanted("c1", "{}"), precondition::anything()) ==
          errc::invalid_configuration_content);
    CHECK(etag_text(b.service().get("c1").value()) == "MQ==");
}

TEST_CASE("conditions and metrics are checked", "[configurations]") {
    bench b;
    CHECK(refusal(b, b.wanted("c1", content, "status = 'enabled'")) ==
          errc::invalid_configuration_target_condition);
    auto c = b.wanted("c1", content);
    c.metrics = {{"n", "select nothing"}};
    CHECK(refusal(b, c) == errc::invalid_configuration_custom_metrics_query);
    c.metrics = json::object();
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        c.metrics[name] = "select deviceId from devices";
    }
    CHECK(b.service().put(c, {}));
    c.metrics["f"] = "select deviceId from devices";
    c.id = "c2";
    CHECK(refusal(b, c) == errc::invalid_configuration_custom_metrics_query);
}

TEST_CASE("a deletion may demand an etag and need not", "[configurations]") {
    bench b;
    const auto remove = [&b](const precondition& demand) {
        const auto removed = b.service().remove("c1", demand);
        return removed ? 204 : http_status(removed.error().code);
    };
    CHECK(remove({}) == 404);
    CHECK(remove(precondition::anything()) == 404);
    for (const auto& demand :
         {precondition(), precondition::anything(), precondition::exactly("MQ==")}) {
        REQUIRE(b.service().put(b.wanted("c1", content), {}));
        CHECK(remove(precondition::exactly("Mg==")) == 412);
        CHECK(remove(demand) == 204);
        CHECK(b.service().get("c1").error().code == errc::configuration_not_found);
    }
    CHECK(b.service().list().empty());
}

TEST_CASE("there are only so many configurations", "[configurations]") {
    bench b;
    const auto id = [](int i) { return "c" + std::to_string(i); };
    for (int i = 0; i < 100; ++i) {
        REQUIRE(b.service().put(b.wanted(id(i), content), {}));
    }
    CHECK(refusal(b, b.wanted("more", content)) == errc::configuration_count_limit_exceeded);
    CHECK(b.service().put(b.wanted("c7", content), precondition::anything()));
    b.service().limit_count(10);
    REQUIRE(b.service().remove("c7", {}));
    CHECK(refusal(b, b.wanted("more", content)) == errc::configuration_count_limit_exceeded);
}

TEST_CASE("configurations outlive the hub, in every member", "[configurations]") {
    bench b;
    auto c = b.wanted("c1", content, "tags.a = 1", -7);
    c.schema_version = "1.0";
    c.labels = {{"k", "v"}};
    c.metrics = {{"n", "select deviceId from devices"}};
    REQUIRE(b.service().put(c, {}));
    REQUIRE(b.service().put(b.wanted("c0", content), {}));
    REQUIRE(b.service().put(c, precondition::anything()));
    b.settle();
    hub again(b.store, b.clock, b.ids, b.log);
    CHECK(again.configurations().list() == b.service().list());
    CHECK(again.configurations().list().front().id == "c0");
}

TEST_CASE("clearing the hub leaves no configuration", "[configurations]") {
    bench b;
    b.create({"d", ""});
    b.add("c1", content);
    b.hub.clear();
    b.settle();
    CHECK(b.service().list().empty());
    CHECK(b.store.list_records("config").empty());
    b.create({"d", ""});
    b.settle();
    CHECK(b.desired({"d", ""}) == "{}");
}

TEST_CASE("configurations are exported and imported as lines in PascalCase", "[configurations]") {
    bench b;
    auto c = b.wanted("c1", content, "*", 3);
    c.metrics = {{"n", "select deviceId from devices"}};
    REQUIRE(b.service().put(c, {}));
    const auto lines = configuration_lines(b.service());
    REQUIRE(lines.size() == 1);
    CHECK(lines[0]["Id"] == "c1");
    CHECK(lines[0]["Content"]["DeviceContent"].dump() == R"({"properties.desired.a":1})");
    CHECK(lines[0]["Metrics"]["Queries"].dump() == R"({"n":"select deviceId from devices"})");

    REQUIRE(b.service().remove("c1", {}));
    REQUIRE(import_configuration_line(b.service(), lines[0]));
    CHECK(b.service().get("c1").value().priority == 3);
    CHECK(b.service().get("c1").value().metrics == c.metrics);
    CHECK(import_configuration_line(b.service(), lines[0])); // and over the one that is there
    CHECK(b.service().get("c1").value().etag == 2);
}

TEST_CASE("lines that are no configurations are refused", "[configurations]") {
    bench b;
    const char* line =
        GENERATE("[]", "{}", R"({"Id":5})", R"({"Id":"A","Content":{}})", R"({"Id":"c"})");
    CHECK_FALSE(import_configuration_line(b.service(), json::parse(line)));
}

} // namespace iothub::core
