#pragma once
// A registry whose devices have a tag that each has alone, for indexes of values.

#include "query_bench.hpp"

namespace iothub::test {

inline constexpr int index_devices = 6000; // two scans are enough to want an index

inline const std::string rare = "SELECT deviceId FROM devices WHERE tags.serial = 's7'";

// Devices with the tags serial ("s0" …) and kind, which is one of three.
struct index_bench : query_bench {
    using query_bench::query_bench;

    void fill(int count = index_devices) {
        const char* kinds[] = {"a", "b", "c"};
        for (int i = 0; i < count; ++i) {
            put({numbered(i), ""}, {{"serial", "s" + std::to_string(i)}, {"kind", kinds[i % 3]}});
        }
        end_turn();
    }

    // Asks often enough for an index, and lets it be built.
    void learn(const std::string& text = rare) {
        ask(text);
        ask(text);
        settle();
    }

    std::uint64_t cost(const std::string& text) {
        return rows_read_by([&] { all(text); });
    }

    void tag(const std::string& device, const char* tags) {
        REQUIRE(twins.patch({device, ""}, {json::parse(tags), {}}, core::precondition::anything()));
        end_turn();
    }

    std::string indexes() {
        std::string text;
        for (const std::string& one : queries->describe_indexes()) {
            text += (text.empty() ? "" : ", ") + one;
        }
        return text;
    }
};

inline std::string found(index_bench& b, const std::string& text) {
    std::string ids;
    for (const json& row : b.all(text)) {
        ids += (ids.empty() ? "" : " ") + row["deviceId"].get<std::string>();
    }
    return ids;
}

} // namespace iothub::test
