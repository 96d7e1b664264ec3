#pragma once
// Queries over a registry that a test fills, without the rest of the hub: the store is in memory or
// the test's own, time is in the test's hand.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "common/json.hpp"
#include "emulator/core/query/query_service.hpp"
#include "emulator/core/query/twin_row.hpp"
#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin_service.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_link.hpp"

namespace iothub::test {

struct query_bench {
    explicit query_bench(
        std::unique_ptr<core::store> on = std::make_unique<storage::memory_store>())
        : kept(std::move(on)) {
        twins.when_changed([this](const core::twin& now) { queries->twin_changed(now); });
        start();
    }

    // A hub that is started anew on the same store.
    void start() {
        queries = std::make_unique<core::query::query_service>(store, identities, sessions, clock);
    }

    // An identity with tags, straight into the store.
    void put(const identity_key& key, json tags = json::object()) {
        core::identity id;
        id.key = key;
        id.etag = 7;
        store.put_identity(id);
        core::twin t = core::make_twin(key, clock.now());
        t.tags = std::move(tags);
        store.put_twin(t);
    }

    void put_devices(int count, const char* tags = "{}") {
        for (int i = 0; i < count; ++i) {
            put({numbered(i), ""}, json::parse(tags));
        }
        end_turn();
    }

    // "d00042"
    static std::string numbered(int i) {
        const std::string digits = std::to_string(i);
        return 'd' + std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
    }

    void end_turn() {
        if (!store.commit()) {
            queries->turn_failed();
        }
    }

    // Lets everything that is due at once be done, in turns of its own.
    void settle() {
        for (int turn = 0; turn < 100'000 && queries->next_deadline() <= clock.now() &&
                           queries->next_deadline().has_value();
             ++turn) {
            queries->advance(clock.now());
            end_turn();
        }
    }

    // Until it is answered.
    result<core::query::page> ask(const std::string& text, std::size_t size = 100,
                                  const std::string& token = "") {
        std::optional<result<core::query::page>> answer;
        queries->run({text, size, token}, [&](auto outcome) { answer = std::move(outcome); });
        for (int turn = 0; turn < 100'000 && !answer; ++turn) {
            queries->advance(clock.now());
            end_turn();
        }
        REQUIRE(answer);
        return *answer;
    }

    // The rows of all pages.
    json all(const std::string& text, std::size_t size = 100) {
        json rows = json::array();
        std::string token;
        do {
            const auto page = ask(text, size, token);
            INFO(text);
            REQUIRE(page);
            rows.insert(rows.end(), page->rows.begin(), page->rows.end());
            token = page->continuation;
        } while (!token.empty());
        return rows;
    }

    // "d1 d2/m": the identities that a condition selects, by scans of `at_once` rows.
    std::string selected(const std::string& condition, std::size_t at_once = 1000,
                         const identity_key& after = {}) {
        auto parsed = core::query::parse_condition(condition);
        INFO(condition);
        REQUIRE(parsed);
        const auto scan = queries->select(*parsed, after);
        std::string keys;
        const auto take = [&](const core::query::twin_row& row) {
            keys += (keys.empty() ? "" : " ") + row.key().text();
            return true;
        };
        while (scan->read(at_once, take)) {
        }
        return keys;
    }

    // Rows that were looked at meanwhile.
    template <class Work>
    std::uint64_t rows_read_by(Work work) {
        const std::uint64_t before = queries->rows_read();
        work();
        return queries->rows_read() - before;
    }

    manual_clock clock;
    fixed_ids ids;
    std::unique_ptr<core::store> kept;
    faulty_store store{*kept};
    core::session_table sessions{store, clock};
    core::identity_registry identities{store, sessions, clock, ids};
    core::twin_service twins{store, sessions, clock};
    std::unique_ptr<core::query::query_service> queries;
};

} // namespace iothub::test
