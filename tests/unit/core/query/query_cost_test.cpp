// What a page of a query costs on disk, with few and with many identities: run it by its name or by
// [.bench], in a release build. IOTHUB_BENCH_IDENTITIES=1000000 adds a registry of that size.
// Nothing is asserted of time.

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "emulator/storage/sqlite/open_sqlite_store.hpp"
#include "query_bench.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

using steady = std::chrono::steady_clock;
using microseconds = std::chrono::duration<double, std::micro>;
using seconds = std::chrono::duration<double>;

constexpr int connected_devices = 20;

struct asked {
    const char* name;
    std::string text;
};

const std::vector<asked>& queries() {
    static const std::vector<asked> all{
        {"by id", "SELECT * FROM devices WHERE deviceId = 'd00777'"},
        {"by two ids, OR", "SELECT * FROM devices WHERE deviceId = 'd00777' OR deviceId = 'x'"},
        {"connected, 20", "SELECT * FROM devices WHERE connectionState = 'Connected'"},
        {"SELECT *, a page of 100", "SELECT * FROM devices"},
        {"rare value, indexed", "SELECT * FROM devices WHERE tags.serial = 777"},
        {"1 in 100, indexed, a page", "SELECT * FROM devices WHERE tags.place.room = 'r77'"},
        {"COUNT()", "SELECT COUNT() AS n FROM devices"},
        {"COUNT(), 1 in 100, indexed",
         "SELECT COUNT() AS n FROM devices WHERE tags.place.room = 'r77'"},
        // What may be null is looked for in no index.
        {"rare value, scanned", "SELECT * FROM devices WHERE tags.serial IN [777, null]"},
        {"COUNT() with WHERE", "SELECT COUNT() AS n FROM devices WHERE tags.serial > 777"},
    };
    return all;
}

// Twins with some tags and properties.
void fill(query_bench& b, int count) {
    for (int i = 0; i < count; ++i) {
        const std::string room = "r" + std::to_string(i % 100);
        const identity_key key{b.numbered(i), ""};
        b.put(key, {{"serial", i}, {"place", {{"region", "north"}, {"room", room}}}});
        core::twin t = b.store.find_twin(key).value();
        t.desired.values = json{{"interval", 30}, {"serial", i}, {"mode", "automatic"}};
        t.reported.values = json{{"firmware", "1.2.3"}, {"battery", 77.5}, {"interval", 30}};
        b.store.put_twin(t);
        if (i % 1000 == 0) {
            b.end_turn();
        }
    }
    b.end_turn();
}

void build_indexes(query_bench& b) {
    // As if many had asked for them.
    b.store.put_record("query-index/devices tags.serial", "building ");
    b.store.put_record("query-index/devices tags.place.room", "building ");
    b.end_turn();
    b.start();
    b.settle();
}

// The fastest of some, in microseconds; long ones are asked once.
double cost_of(query_bench& b, const std::string& text) {
    double best = 1e12;
    const auto end = steady::now() + std::chrono::seconds(1);
    for (int round = 0; round < 5 && (round == 0 || steady::now() < end); ++round) {
        const auto began = steady::now();
        REQUIRE(b.ask(text));
        best = std::min(best, microseconds(steady::now() - began).count());
    }
    return best;
}

double seconds_of(const std::function<void()>& work) {
    const auto began = steady::now();
    work();
    return seconds(steady::now() - began).count();
}

std::uint64_t resident_megabytes() {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) >> 20;
}

std::vector<int> sizes() {
    std::vector<int> all{1000, 100'000};
    if (const char* more = std::getenv("IOTHUB_BENCH_IDENTITIES")) {
        all.push_back(std::atoi(more));
    }
    return all;
}

using costs = std::map<std::string, std::vector<double>>;

void measure(int count, costs& into) {
    temporary_folder folder;
    query_bench b(storage::open_sqlite_store(folder.path(), storage::durability::process).value());
    const double filled = seconds_of([&] { fill(b, count); });
    const double indexed = seconds_of([&] { build_indexes(b); });
    recording_link link;
    for (int i = 0; i < connected_devices; ++i) {
        b.sessions.connect({b.numbered(i * (count / connected_devices)), ""}, link);
    }
    for (const asked& one : queries()) {
        into[one.name].push_back(cost_of(b, one.text));
    }
    for (int i = 0; i < connected_devices; ++i) {
        b.sessions.disconnected({b.numbered(i * (count / connected_devices)), ""}, link);
    }
    std::printf("%d: stored in %.1f s, two indexes built in %.1f s, %llu MB resident\n", count,
                filled, indexed, static_cast<unsigned long long>(resident_megabytes()));
    std::fflush(stdout);
}

} // namespace

TEST_CASE("query cost: pages with few and with many identities", "[.bench]") {
    costs all;
    for (const int count : sizes()) {
        measure(count, all);
    }
    std::printf("%-28s", "microseconds a page");
    for (const int count : sizes()) {
        std::printf(" %12d", count);
    }
    for (const asked& one : queries()) {
        std::printf("\n%-28s", one.name);
        for (const double cost : all[one.name]) {
            std::printf(" %12.0f", cost);
        }
    }
    std::printf("\n");
}
