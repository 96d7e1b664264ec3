#include <random>

#include "query_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

const char* const values[] = {"1", "1.0", "\"1\"", "true", "null", R"({"x":1})", R"(["1"])", "2"};

std::string ids(query_bench& b, const std::string& where) {
    std::string text;
    for (const json& row : b.all("SELECT deviceId FROM devices WHERE " + where, 7)) {
        text += row["deviceId"].get<std::string>() + " ";
    }
    return text;
}

// Writes, removals and additions, and now and then a turn that fails.
class mutation {
public:
    explicit mutation(query_bench& b)
        : b_(b) {}

    void turn() {
        for (int change = below(6); change >= 0; --change) {
            write();
        }
        b_.store.commits_fail = below(5) == 0;
        if (below(2) == 0 && b_.queries->next_deadline()) {
            b_.queries->advance(b_.clock.now());
        }
        b_.end_turn();
        b_.store.commits_fail = false;
        b_.clock.advance(std::chrono::seconds(below(90)));
        if (below(20) == 0) {
            b_.start();
        }
    }

private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    void write() {
        const identity_key key{b_.numbered(below(400)), ""};
        if (below(4) == 0) {
            b_.store.remove_identity(key);
        } else if (!b_.store.find_identity(key)) {
            b_.put(key);
        } else {
            const json patch{{"v", json::parse(values[below(std::size(values))])}};
            REQUIRE(b_.twins.patch(key, {patch, {}}, core::precondition::anything()));
        }
    }

    query_bench& b_;
    std::mt19937 random_{20'260};
};

} // namespace

TEST_CASE(
    "property index: whatever is written, lost, added and removed, it says what a scan says") {
    query_bench b;
    b.put_devices(400);
    b.store.put_record("query-index/devices tags.v", "building ");
    b.end_turn();
    b.start();
    mutation m(b);
    int with_index = 0; // rounds in which it was of use
    for (int turn = 0; turn < 600; ++turn) {
        m.turn();
        if (turn % 5 == 0) {
            for (const char* literal : {"1", "'1'", "true", "2"}) {
                const std::string where = std::string("tags.v = ") + literal;
                CHECK(ids(b, where) == ids(b, where + " OR FALSE"));
            }
            with_index += b.rows_read_by([&] { ids(b, "tags.v = 9"); }) == 0 ? 1 : 0;
            CHECK(ids(b, "tags.v IN [1, 2]") == ids(b, "tags.v = 1 OR tags.v = 2"));
        }
    }
    CHECK(with_index > 10);
    b.clock.advance(std::chrono::minutes(2));
    b.settle();
    CHECK(b.queries->describe_indexes() == std::vector<std::string>{"devices tags.v ready"});
}
