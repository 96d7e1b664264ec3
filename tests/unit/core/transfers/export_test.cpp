// Exports (service API §1.5; row J04): what is in the blobs.
#include "emulator/core/transfers/export_run.hpp"
#include "transfer_bench.hpp"

namespace iothub::core {

using test::transfer_bench;

TEST_CASE("devices are exported with their modules behind them", "[transfers]") {
    transfer_bench b;
    b.create({"b", ""});
    b.create({"a", ""});
    b.create({"a", "m2"});
    b.create({"a", "m1"});
    b.finish(b.export_request());
    const auto lines = b.lines();
    REQUIRE(lines.size() == 4);
    const std::vector<identity_key> expected{{"a", ""}, {"a", "m1"}, {"a", "m2"}, {"b", ""}};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const identity id = b.hub.identities().get(expected[i]).value();
        CHECK(lines[i] == to_text(export_line(id, b.twin(expected[i]), exported_keys::included)));
    }
}

TEST_CASE("an empty registry is an empty blob", "[transfers]") {
    transfer_bench b;
    const transfer_job done = b.finish(b.export_request());
    CHECK(done.status == transfer_status::completed);
    CHECK(b.storage.blobs.at("devices.txt").empty());
}

TEST_CASE("keys are left out on request, and the first line says so", "[transfers]") {
    transfer_bench b;
    const identity device = b.create({"a", ""});
    transfer_request request = b.export_request();
    request.exclude_keys = true;
    CHECK(b.finish(request).exclude_keys);
    const auto lines = b.lines();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == keys_left_out_note);
    CHECK(parse_json(lines[1]).value()["id"] == "a");
    CHECK(b.storage.blobs["devices.txt"].find(device.authentication.primary_key) ==
          std::string::npos);
}

TEST_CASE("the blob may have another name, and is replaced", "[transfers]") {
    transfer_bench b;
    b.storage.blobs["fleet/1.txt"] = "old";
    transfer_request request = b.export_request();
    request.devices_blob = "fleet/1.txt";
    b.finish(request);
    CHECK(b.storage.blobs.at("fleet/1.txt").empty());
    CHECK(b.storage.blobs.size() == 1);
}

TEST_CASE("a large registry is exported in slices, with progress", "[transfers]") {
    transfer_bench b;
    constexpr int devices = 2000;
    for (int i = 0; i < devices; ++i) {
        const std::string id = transfer_bench::numbered(i);
        b.create({id, ""});
        if (i % 4 == 0) {
            b.create({id, "m"});
        }
    }
    b.hub.end_turn();
    b.create(b.export_request());
    int last_progress = 0;
    int turns = 0;
    while (b.turn()) {
        if (b.answered) {
            ++turns;
            const int progress = b.jobs().get((*b.answered)->id)->progress;
            CHECK(progress >= last_progress);
            CHECK(progress < 100);
            last_progress = progress;
        }
    }
    CHECK(turns > 20);
    CHECK(last_progress > 90);
    const auto lines = b.lines();
    REQUIRE(lines.size() == 2500);
    CHECK(parse_json(lines.front()).value()["id"] == "d00000");
    CHECK(parse_json(lines.back()).value()["id"] == "d01999");
    CHECK(b.storage.blobs["devices.txt"].size() > block_writer::block_size);
    CHECK(b.storage.largest_block < block_writer::max_block);
}

TEST_CASE("what comes and goes meanwhile does not confuse an export", "[transfers]") {
    transfer_bench b;
    for (int i = 0; i < 250; ++i) {
        b.create({transfer_bench::numbered(i), ""});
    }
    b.create(b.export_request());
    while (!b.answered || b.jobs().get((*b.answered)->id)->progress == 0) {
        b.turn();
    }
    b.create({"a-before", ""});
    b.create({"z-behind", ""});
    REQUIRE(b.hub.identities().remove({"d00249", ""}, precondition::anything()));
    b.run();
    const auto lines = b.lines();
    REQUIRE(lines.size() == 250);
    CHECK(parse_json(lines.front()).value()["id"] == "d00000");
    CHECK(parse_json(lines.back()).value()["id"] == "z-behind");
}

TEST_CASE("blocks are bounded, however large the twins of one device are", "[transfers]") {
    transfer_bench b;
    b.create({"d", ""});
    const json desired = {{"text", std::string(4000, 'x')},
                          {"more", std::string(4000, 'y')},
                          {"most", std::string(4000, 'z')},
                          {"even", std::string(4000, 'w')}};
    for (int i = 0; i < 49; ++i) {
        const identity_key key{"d", "m" + std::to_string(i)};
        b.create(key);
        REQUIRE(b.hub.twins().patch(key, {{}, desired}, {}));
        json reported = desired;
        for (int section = 0; section < 3; ++section) {
            REQUIRE(b.hub.twins().report(key, {{"s" + std::to_string(section), "t"}}, {}));
        }
        REQUIRE(b.hub.twins().report(key, reported, {}));
    }
    b.finish(b.export_request());
    CHECK(b.lines().size() == 50);
    CHECK(b.storage.blobs["devices.txt"].size() > block_writer::block_size);
    CHECK(b.storage.largest_block <= block_writer::max_block);
}

TEST_CASE("configurations go along when they are wanted", "[transfers]") {
    transfer_bench b;
    b.jobs().include({.list = [] { return std::vector<json>{{{"Id", "c1"}}, {{"Id", "c2"}}}; },
                      .import = [](const json&) -> result<> { return {}; }});
    b.finish(b.export_request());
    CHECK_FALSE(b.storage.blobs.contains("configurations.txt"));
    transfer_request request = b.export_request();
    request.configurations_blob = "configurations.txt";
    CHECK(b.finish(request).status == transfer_status::completed);
    CHECK(b.storage.blobs.at("configurations.txt") == "{\"Id\":\"c1\"}\n{\"Id\":\"c2\"}\n");
    CHECK(b.storage.blobs.contains("devices.txt"));
}

} // namespace iothub::core
