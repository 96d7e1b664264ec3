// Imports (service API §1.5; row J05): what lines do, and what is said of those that fail.
#include "emulator/core/registry/registry_import.hpp"
#include "emulator/core/transfers/line_reader.hpp"
#include "transfer_bench.hpp"

namespace iothub::core {

using test::transfer_bench;

namespace {

std::string line(const std::string& id, const std::string& mode, const std::string& more = "") {
    return R"({"id":")" + id + R"(","importMode":")" + mode + R"(","status":"enabled")" + more +
           "}\n";
}

} // namespace

TEST_CASE("an import applies each line by its mode", "[transfers]") {
    transfer_bench b;
    for (const char* id : {"updated", "matched", "put", "gone", "gone-too", "twin", "twin-too"}) {
        b.create({id, ""});
    }
    const auto etag_of = [&](const char* id) {
        return R"(,"eTag":")" + test::etag(b.hub.identities().get({id, ""}).value()) + "\"";
    };
    const transfer_job done = b.import(
        line("new", "create", R"(,"tags":{"a":1},"properties":{"desired":{"b":2}})") +
        line("made", "createOrUpdate") + line("made-too", "createOrUpdateIfMatchETag") +
        line("updated", "update", R"(,"statusReason":"u")") +
        line("matched", "updateIfMatchETag", etag_of("matched") + R"(,"statusReason":"m")") +
        line("put", "CreateOrUpdate", R"(,"statusReason":"p")") + line("gone", "delete") +
        line("gone-too", "deleteIfMatchETag", etag_of("gone-too")) +
        line("twin", "updateTwin", R"(,"tags":{"t":1})") +
        line("twin-too", "updateTwinIfMatchETag",
             R"(,"twinETag":"AAAAAAAAAAE=","properties":{"desired":{"t":2}})"));
    CHECK(done.status == transfer_status::completed);
    CHECK(done.progress == 100);
    CHECK(b.storage.blobs.at("importErrors.log").empty());
    CHECK((b.twin({"new", ""}).tags.value() == json{{"a", 1}}));
    CHECK((b.twin({"new", ""}).desired.values.value() == json{{"b", 2}}));
    CHECK(b.hub.identities().get({"made", ""}));
    CHECK(b.hub.identities().get({"made-too", ""}));
    CHECK(b.hub.identities().get({"updated", ""})->status_reason == "u");
    CHECK(b.hub.identities().get({"matched", ""})->status_reason == "m");
    CHECK(b.hub.identities().get({"put", ""})->status_reason == "p");
    CHECK_FALSE(b.hub.identities().get({"gone", ""}));
    CHECK_FALSE(b.hub.identities().get({"gone-too", ""}));
    CHECK((b.twin({"twin", ""}).tags.value() == json{{"t", 1}}));
    CHECK((b.twin({"twin-too", ""}).desired.values.value() == json{{"t", 2}}));
}

TEST_CASE("an export can be imported into another hub", "[transfers]") {
    transfer_bench from;
    const identity device = from.create({"d", ""});
    from.create({"d", "m"});
    REQUIRE(from.hub.twins().patch({"d", "m"}, {json{{"x", 1}}, json{{"y", 2}}}, {}));
    transfer_request request = from.export_request();
    request.exclude_keys = GENERATE(true, false);
    from.finish(request);

    transfer_bench to;
    to.import(from.storage.blobs["devices.txt"]);
    CHECK(to.storage.blobs.at("importErrors.log").empty());
    CHECK((to.twin({"d", "m"}).tags.value() == json{{"x", 1}}));
    CHECK((to.twin({"d", "m"}).desired.values.value() == json{{"y", 2}}));
    const bool same = to.hub.identities().get({"d", ""})->authentication == device.authentication;
    CHECK(same == !request.exclude_keys);
}

namespace {

// a-leaf < b-low < c-top: in a file, everybody comes before the parent.
void make_edge_devices(transfer_bench& b) {
    identity_request wanted{.key = {"c-top", ""}, .iot_edge = true};
    auto made = b.hub.identities().put(wanted, {});
    wanted = {.key = {"b-low", ""}, .iot_edge = true, .parent_scopes = {*made->device_scope}};
    made = b.hub.identities().put(wanted, {});
    wanted = {.key = {"a-leaf", ""}, .device_scope = made->device_scope};
    REQUIRE(b.hub.identities().put(wanted, {}));
    b.create({"a-leaf", "m"});
    REQUIRE(b.hub.twins().patch({"b-low", "$edgeHub"}, {json{{"x", 1}}, json{{"y", 2}}}, {}));
}

} // namespace

TEST_CASE("IoT Edge devices are imported with those who stand below them, in any order",
          "[transfers]") {
    transfer_bench from;
    make_edge_devices(from);
    from.finish(from.export_request());

    transfer_bench to;
    to.clock.advance(std::chrono::hours(1));
    const auto done = to.import(from.storage.blobs["devices.txt"]);
    CHECK(done.status == transfer_status::completed);
    CHECK(to.storage.blobs.at("importErrors.log").empty());
    for (const char* id : {"a-leaf", "b-low", "c-top"}) {
        const identity there = from.hub.identities().get({id, ""}).value();
        const identity here = to.hub.identities().get({id, ""}).value();
        CHECK(here.device_scope == there.device_scope);
        CHECK(here.parent_scopes == there.parent_scopes);
    }
    CHECK(to.hub.identities().get({"a-leaf", "m"}));
    CHECK((to.twin({"b-low", "$edgeHub"}).tags.value() == json{{"x", 1}}));
    CHECK((to.twin({"b-low", "$edgeHub"}).desired.values.value() == json{{"y", 2}}));
    CHECK(to.import(from.storage.blobs["devices.txt"]).status == transfer_status::completed);
    CHECK(to.storage.blobs.at("importErrors.log").empty());
}

TEST_CASE("a device whose parent is nowhere is logged once, with its modules", "[transfers]") {
    transfer_bench b;
    const std::string scope = R"(,"deviceScope":"ms-azure-iot-edge://gone-1")";
    b.import(line("a", "create", scope) + line("a", "create", R"(,"moduleId":"m")") +
             line("b", "create") + line("a", "updateTwin"));
    const auto logged = b.lines("importErrors.log");
    REQUIRE(logged.size() == 3);
    CHECK(parse_json(logged[0])->at("errorCode") == 404001); // the twin's
    CHECK(parse_json(logged[1])->at("errorCode") == 400028);
    CHECK(parse_json(logged[2])->at("moduleId") == "m");
    CHECK(parse_json(logged[2])->at("errorCode") == 404001);
    CHECK(b.hub.identities().get({"b", ""}));
    CHECK_FALSE(b.hub.identities().get({"a", ""}));
}

TEST_CASE("a bulk operation does not keep the scope of another hub", "[transfers]") {
    transfer_bench b;
    const auto item = read_import_item(parse_json(R"({"id":"e","importMode":"create",
        "capabilities":{"iotEdge":true},"deviceScope":"ms-azure-iot-edge://e-7"})")
                                           .value());
    REQUIRE(registry_import(b.hub.identities(), b.hub.twins()).apply(item.value()));
    CHECK(b.hub.identities().get({"e", ""})->device_scope != "ms-azure-iot-edge://e-7");
}

TEST_CASE("lines that fail are logged, and the others are applied", "[transfers]") {
    transfer_bench b;
    b.create({"there", ""});
    const transfer_job done = b.import(line("there", "create") + line("new", "create"));
    CHECK(done.status == transfer_status::completed);
    CHECK(done.failure_reason.empty());
    CHECK(to_text(b.error_line()) ==
          R"({"deviceId":"there","errorCode":409001,)"
          R"("errorStatus":"A device with ID 'there' is already registered."})");
    CHECK(b.hub.identities().get({"new", ""}));
}

TEST_CASE("an error names the module", "[transfers]") {
    transfer_bench b;
    b.import(R"({"id":"d","moduleId":"m","importMode":"create","status":"enabled"})");
    CHECK(b.error_line()["deviceId"] == "d");
    CHECK(b.error_line()["moduleId"] == "m");
    CHECK(b.error_line()["errorCode"] == 404001);
}

TEST_CASE("lines that say nothing proper", "[transfers]") {
    transfer_bench b;
    const auto [text, code, reason] = GENERATE(table<std::string, int, std::string>({
        {R"({"id":"d","importMode":"create"})", 400004, "status"},
        {R"({"id":"d","importMode":"create","status":null})", 400004, "status"},
        {R"({"id":"d","importMode":"delete"})", 400004, "status"},
        {R"({"id":"d","importMode":"sometimes","status":"enabled"})", 400004, "importMode"},
        {R"({"status":"enabled"})", 400004, "id"},
        {R"({"id":"d/e","status":"enabled"})", 400004, ""},
        {R"({"id":"d","status":"enabled")", 400012, "line 2: "},
        {R"({"id":"d")"
         "\xff"
         R"(,"status":"enabled"})",
         400012, "line 2: "},
        {"[]", 400012, "line 2: it is not a JSON object."},
        {"null", 400012, "line 2: it is not a JSON object."},
        {std::string(100'000, '['), 400012, "line 2: "},
        {std::string(line_splitter::max_line + 1, '{'), 400012, "line 2: it has more than"},
    }));
    const transfer_job done = b.import("\n" + text + "\n" + line("next", "create"));
    CHECK(done.status == transfer_status::completed);
    CHECK(b.error_line()["errorCode"] == code);
    CHECK(b.error_line()["errorStatus"].get<std::string>().find(reason) != std::string::npos);
    CHECK(b.hub.identities().get({"next", ""}));
    CHECK_FALSE(b.hub.identities().get({"d", ""}));
}

TEST_CASE("the log of errors does not repeat the keys of a line", "[transfers]") {
    transfer_bench b;
    b.import(R"({"id":"d","authentication":{"symmetricKey":{"primaryKey":"c2VjcmV0"}})");
    CHECK(b.error_line()["errorStatus"].get<std::string>().find("c2VjcmV0") == std::string::npos);
}

TEST_CASE("only a first line of words is no error", "[transfers]") {
    transfer_bench b;
    b.import("Warning: these are only words.\n" + line("d", "create"));
    CHECK(b.storage.blobs.at("importErrors.log").empty());
    b.import(line("e", "create") + "Warning: these are only words.\n");
    CHECK(b.error_line()["errorCode"] == 400012);
}

TEST_CASE("a large file is imported in pieces and slices", "[transfers]") {
    transfer_bench b;
    std::string text;
    const std::string tags = R"(,"tags":{"a":")" + std::string(900, 'x') + "\"}";
    for (int i = 0; i < 2500; ++i) {
        text += line(transfer_bench::numbered(i), "create", tags);
    }
    CHECK(text.size() > 2 * line_reader::piece_size);
    b.storage.blobs["devices.txt"] = text;
    b.create(b.import_request());
    CHECK(b.run() > 50);
    CHECK(b.jobs().get((*b.answered)->id)->status == transfer_status::completed);
    CHECK(b.storage.blobs.at("importErrors.log").empty());
    CHECK(b.store.count_identities().devices == 2500);
}

TEST_CASE("a log of many errors is written in blocks", "[transfers]") {
    transfer_bench b;
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "[]\n";
    }
    CHECK(b.import(text).status == transfer_status::completed);
    CHECK(b.lines("importErrors.log").size() == 20'000);
    CHECK(b.storage.largest_block >= 1024 * 1024);
    CHECK(b.storage.largest_block < 2 * 1024 * 1024);
}

TEST_CASE("an import that is cancelled keeps what it did", "[transfers]") {
    transfer_bench b;
    std::string text;
    for (int i = 0; i < 500; ++i) {
        text += line(transfer_bench::numbered(i), "create");
    }
    b.storage.blobs["devices.txt"] = text;
    b.create(b.import_request());
    while (b.store.count_identities().devices == 0) {
        b.turn();
    }
    CHECK(b.jobs().cancel((*b.answered)->id));
    b.run();
    CHECK(b.store.count_identities().devices > 0);
    CHECK(b.store.count_identities().devices < 500);
    CHECK_FALSE(b.storage.blobs.contains("importErrors.log"));
}

TEST_CASE("a blob that shrinks meanwhile ends where it ends", "[transfers]") {
    transfer_bench b;
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += line(transfer_bench::numbered(i), "delete");
    }
    b.storage.blobs["devices.txt"] = text;
    b.create(b.import_request());
    while (!b.answered || b.jobs().get((*b.answered)->id)->progress == 0) {
        b.turn();
    }
    b.storage.blobs["devices.txt"] = line("d", "create");
    b.run();
    CHECK(b.jobs().get((*b.answered)->id)->status == transfer_status::completed);
}

TEST_CASE("configurations are imported from their own blob", "[transfers]") {
    transfer_bench b;
    std::vector<json> taken;
    b.jobs().include({.list = [] { return std::vector<json>(); },
                      .import = [&](const json& one) -> result<> {
                          taken.push_back(one);
                          return taken.size() == 2 ? error{errc::argument_invalid, "not this one"}
                                                   : result<>();
                      }});
    transfer_request request = b.import_request();
    request.configurations_blob = "c.txt";
    b.storage.blobs["devices.txt"] = line("d", "create");
    b.storage.blobs["c.txt"] = "{\"Id\":\"c1\"}\n{\"Id\":\"c2\"}\n{\"Id\":\"c3\"}\n";
    CHECK(b.finish(request).status == transfer_status::completed);
    CHECK(b.hub.identities().get({"d", ""}));
    CHECK(taken.size() == 3);
    CHECK(b.error_line()["errorStatus"] == "not this one");
}

TEST_CASE("an import whose configurations are not there fails, with the devices imported",
          "[transfers]") {
    transfer_bench b;
    b.jobs().include({.list = [] { return std::vector<json>(); },
                      .import = [](const json&) -> result<> { return {}; }});
    transfer_request request = b.import_request();
    request.configurations_blob = "c.txt";
    b.storage.blobs["devices.txt"] = line("d", "create");
    const transfer_job done = b.finish(request);
    CHECK(done.status == transfer_status::failed);
    CHECK(done.failure_reason == "The storage answered 404.");
    CHECK(b.hub.identities().get({"d", ""}));
}

} // namespace iothub::core
