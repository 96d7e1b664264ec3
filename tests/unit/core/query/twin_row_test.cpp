#include "emulator/core/query/twin_row.hpp"

#include "emulator/core/twins/twin_document.hpp"
#include "query_bench.hpp"

using namespace iothub;
using namespace iothub::test;
using core::query::twin_row;

namespace {

// A device and a module of which every member says something.
struct rich_bench : query_bench {
    rich_bench() {
        core::identity d;
        d.key = {"d", ""};
        d.etag = 5;
        d.enabled = false;
        d.status_reason = "lost";
        d.authentication.type = core::authentication_type::self_signed;
        d.authentication.primary_thumbprint = std::string(40, 'A');
        d.iot_edge = true;
        d.device_scope = "ms-azure-iot-edge://d-1";
        d.parent_scopes = {"ms-azure-iot-edge://p-2"};
        d.attributes = R"({"Site":"north"})";
        store.put_identity(d);
        core::identity m = d;
        m.key = {"d", "m"};
        m.iot_edge = false;
        store.put_identity(m);
        put_twin({"d", ""});
        put_twin({"d", "m"});
    }

    void put_twin(const identity_key& key) {
        core::twin t = core::make_twin(key, clock.now());
        t.tags = json::parse(R"({"Room":{"floor":2},"list":[1,{"a":2}]})");
        t.desired.values = json{{"rate", 10}};
        t.desired.metadata.writable()["rate"] = {{"$lastUpdatedVersion", 2}};
        t.desired.version = 2;
        t.reported.values = json{{"rate", 9.5}};
        t.model_id = "dtmi:x;1";
        t.configurations = json::parse(R"({"c12":{"status":"Applied"}})");
        store.put_twin(t);
    }

    twin_row row(const identity_key& key) {
        return {store, identities, store.find_identity(key).value()};
    }

    static std::string text(const twin_row& row, std::vector<std::string> path) {
        const auto found = row.find({std::move(path)});
        return found.is_defined() ? found.get()->dump() : "undefined";
    }
};

} // namespace

TEST_CASE("twin row: each member of the document is found by its name, in any case") {
    rich_bench b;
    const identity_key key = GENERATE(identity_key{"d", ""}, identity_key{"d", "m"});
    const twin_row row = b.row(key);
    const json document = row.document();
    CHECK(document.size() >= 18);
    for (const auto& [name, value] : document.items()) {
        INFO(name);
        std::string upper = name;
        std::ranges::transform(upper, upper.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        CHECK(b.text(row, {name}) == value.dump());
        CHECK(b.text(row, {upper}) == value.dump());
    }
}

TEST_CASE("twin row: the document is the service's view of the twin") {
    rich_bench b;
    const auto owner = b.identities.get({"d", ""}).value();
    CHECK(b.row({"d", ""}).document().dump() ==
          core::twin_document(b.store.find_twin({"d", ""}).value(), owner).dump());
}

TEST_CASE("twin row: a module shows the capabilities of its device, and none of its place") {
    rich_bench b;
    const twin_row m = b.row({"d", "m"});
    CHECK(m.document()["capabilities"].dump() == R"({"iotEdge":true})");
    CHECK(b.text(m, {"capabilities", "IotEdge"}) == "true");
    CHECK(b.text(m, {"moduleId"}) == R"("m")");
    for (const char* name : {"deviceScope", "parentScopes", "attributes"}) {
        CHECK(b.text(m, {name}) == "undefined");
        CHECK_FALSE(m.document().contains(name));
    }
    CHECK(b.text(b.row({"d", ""}), {"moduleId"}) == "undefined");
}

TEST_CASE("twin row: paths lead into members") {
    rich_bench b;
    const auto [path, expected] = GENERATE(table<std::vector<std::string>, std::string>({
        {{"tags", "Room", "floor"}, "2"},
        {{"TAGS", "Room"}, R"({"floor":2})"},
        {{"tags", "room"}, "undefined"}, // what users named has one case
        {{"tags", "Room", "floor", "x"}, "undefined"},
        {{"tags", "list", "0"}, "1"},
        {{"tags", "list", "1", "a"}, "2"},
        {{"tags", "list", "2"}, "undefined"},
        {{"tags", "list", "x"}, "undefined"},
        {{"tags", "list", "-1"}, "undefined"},
        {{"tags", "list", "99999999999999999999"}, "undefined"},
        {{"properties", "desired", "rate"}, "10"},
        {{"Properties", "Desired", "rate"}, "10"},
        {{"properties", "desired", "Rate"}, "undefined"},
        {{"properties", "reported", "rate"}, "9.5"},
        {{"properties", "desired", "$version"}, "2"},
        {{"properties", "desired", "$Version"}, "2"},
        {{"properties", "desired", "$version", "x"}, "undefined"},
        {{"properties", "reported", "$version"}, "1"},
        {{"properties", "desired", "$metadata", "rate", "$lastUpdatedVersion"}, "2"},
        {{"properties", "reported", "$metadata", "$lastUpdated"}, R"("2026-01-02T03:04:05Z")"},
        {{"properties", "elsewhere"}, "undefined"},
        {{"configurations", "c12", "status"}, R"("Applied")"},
        {{"configurations", "C12", "status"}, "undefined"},
        {{"x509Thumbprint", "PrimaryThumbprint"}, '"' + std::string(40, 'A') + '"'},
        {{"x509Thumbprint", "secondaryThumbprint"}, "null"},
        {{"capabilities", "iotEdge"}, "true"},
        {{"attributes", "Site"}, R"("north")"},
        {{"attributes", "site"}, "undefined"},
        {{"parentScopes", "0"}, R"("ms-azure-iot-edge://p-2")"},
        {{"deviceId", "x"}, "undefined"},
        {{"nothing"}, "undefined"},
        {std::vector<std::string>{}, "undefined"},
    }));
    INFO((path.empty() ? "" : path.back()));
    CHECK(b.text(b.row({"d", ""}), path) == expected);
}

TEST_CASE("twin row: what is empty is undefined, as it is absent in the document") {
    query_bench b;
    b.put({"e", ""});
    const twin_row row(b.store, b.identities, b.store.find_identity({"e", ""}).value());
    for (const char* name : {"tags", "configurations", "modelId", "statusReason", "deviceScope",
                             "parentScopes", "attributes", "moduleId"}) {
        INFO(name);
        CHECK_FALSE(row.find({{name}}).is_defined());
        CHECK_FALSE(row.document().contains(name));
    }
    CHECK(row.find({{"properties", "desired"}}).get()->dump() ==
          row.document()["properties"]["desired"].dump());
}

TEST_CASE("twin row: what may be large is not copied, however often it is asked for") {
    rich_bench b;
    const twin_row row = b.row({"d", ""});
    const auto path = GENERATE(values<std::vector<std::string>>({
        {"tags"},
        {"tags", "list"},
        {"properties"},
        {"properties", "desired"},
        {"properties", "reported", "rate"},
        {"properties", "desired", "$metadata"},
        {"configurations"},
        {"attributes"},
        {"attributes", "Site"},
    }));
    INFO(path.back());
    const json* const first = row.find({path}).get();
    REQUIRE(first != nullptr);
    CHECK(row.find({path}).get() == first);
}

TEST_CASE("twin row: whoever is connected is so in the row") {
    query_bench b;
    b.put({"d", ""});
    recording_link link;
    b.sessions.connect({"d", ""}, link);
    const twin_row row(b.store, b.identities, b.store.find_identity({"d", ""}).value());
    CHECK(*row.find({{"connectionState"}}).get() == "Connected");
    CHECK(*row.find({{"lastActivityTime"}}).get() == "2026-01-02T03:04:05Z");
    b.sessions.disconnected({"d", ""}, link);
}

TEST_CASE("twin row: the store is read for what is asked only") {
    rich_bench b;
    const twin_row row = b.row({"d", "m"});
    b.store.reads_fail = true;
    CHECK(*row.find({{"deviceId"}}).get() == "d");
    CHECK_FALSE(row.find({{"unknown", "member"}}).is_defined());
    CHECK_THROWS_AS(row.find({{"tags", "x"}}), core::store_fault);
    CHECK(*row.find({{"status"}}).get() == "disabled");
    b.store.reads_fail = false;
    CHECK(row.find({{"tags", "Room"}}).is_defined());
    b.store.reads_fail = true;
    CHECK(row.find({{"properties", "reported", "rate"}}).is_defined()); // the twin was read once
}

TEST_CASE("twin row: an identity without a twin is a fault of the store") {
    query_bench b;
    core::identity lonely;
    lonely.key = {"l", ""};
    b.store.put_identity(lonely);
    const twin_row row(b.store, b.identities, lonely);
    CHECK_THROWS_WITH(row.twin(), "the twin l is missing");
}
