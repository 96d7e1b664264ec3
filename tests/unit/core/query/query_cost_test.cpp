// What a page of a query costs on disk, with few and with many identities: run it by its name or by
// [.bench], in a release build. Nothing is asserted of time.

#include <chrono>
#include <cstdio>
#include <map>

#include "emulator/storage/sqlite/open_sqlite_store.hpp"
#include "query_bench.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

using microseconds = std::chrono::duration<double, std::micro>;

struct asked {
    const char* name;
    std::string text;
};

const std::vector<asked>& queries() {
    static const std::vector<asked> all{
        {"by id", "SELECT * FROM devices WHERE deviceId = 'd00777'"},
        {"SELECT *, a page of 100", "SELECT * FROM devices"},
        // What may be null is looked for in no index.
        {"rare value, scanned", "SELECT * FROM devices WHERE tags.serial IN [777, null]"},
        {"rare value, indexed", "SELECT * FROM devices WHERE tags.serial = 777"},
        {"COUNT()", "SELECT COUNT() AS n FROM devices"},
        {"COUNT() with WHERE", "SELECT COUNT() AS n FROM devices WHERE tags.serial > 777"},
    };
    return all;
}

// Twins with some tags and properties.
void fill(query_bench& b, int count) {
    for (int i = 0; i < count; ++i) {
        const identity_key key{b.numbered(i), ""};
        b.put(key, {{"serial", i}, {"place", {{"region", "north"}, {"floor", i % 9}}}});
        core::twin t = b.store.find_twin(key).value();
        t.desired.values = {{"interval", 30}, {"serial", i}, {"mode", "automatic"}};
        t.reported.values = {{"firmware", "1.2.3"}, {"battery", 77.5}, {"interval", 30}};
        b.store.put_twin(t);
        if (i % 1000 == 0) {
            b.end_turn();
        }
    }
    b.end_turn();
}

void build_index(query_bench& b) {
    // As if many had asked for it.
    b.store.put_record("query-index/devices tags.serial", "building ");
    b.end_turn();
    b.start();
    b.settle();
}

// The fastest of some, in microseconds.
double cost_of(query_bench& b, const std::string& text) {
    double best = 1e12;
    for (int round = 0; round < 5; ++round) {
        const auto began = std::chrono::steady_clock::now();
        REQUIRE(b.ask(text));
        best = std::min(best, microseconds(std::chrono::steady_clock::now() - began).count());
    }
    return best;
}

} // namespace

TEST_CASE("query cost: pages with a thousand and with a hundred thousand identities", "[.bench]") {
    std::map<std::string, std::vector<double>> costs;
    for (const int count : {1000, 100'000}) {
        temporary_folder folder;
        query_bench b(
            storage::open_sqlite_store(folder.path(), storage::durability::process).value());
        fill(b, count);
        build_index(b);
        for (const asked& one : queries()) {
            costs[one.name].push_back(cost_of(b, one.text));
        }
    }
    std::printf("%-26s %12s %12s %8s\n", "microseconds a page", "1,000", "100,000", "ratio");
    for (const asked& one : queries()) {
        const auto& c = costs[one.name];
        std::printf("%-26s %12.0f %12.0f %8.1f\n", one.name, c[0], c[1], c[1] / c[0]);
    }
}
