#include "emulator/core/sessions/connection_journal.hpp"

#include "support/catch.hpp"

namespace iothub::core {

namespace {

const identity_key device{"d", ""};
const timestamp at_first{std::chrono::seconds(1'000)};
const timestamp later{std::chrono::seconds(2'000)};

} // namespace

TEST_CASE("a journal tells who is connected and from where", "[journal]") {
    connection_journal journal;
    journal.opened(device, {"mqtt", "127.0.0.1:5000"}, at_first);
    const auto record = journal.find(device);
    REQUIRE(record);
    CHECK(record->connected);
    CHECK(record->origin.transport == "mqtt");
    CHECK(record->origin.address == "127.0.0.1:5000");
    CHECK(record->connected_since == at_first);
    CHECK(record->disconnected_at == never);
}

TEST_CASE("a journal keeps why the last connection ended", "[journal]") {
    connection_journal journal;
    journal.opened(device, {"mqtt", "127.0.0.1:5000"}, at_first);
    journal.closed(device, "reset", later);
    journal.opened(device, {"mqtt-ws", "127.0.0.1:5001"}, later);
    const auto record = journal.find(device);
    REQUIRE(record);
    CHECK(record->connected);
    CHECK(record->disconnect_reason == "reset");
    CHECK(record->disconnected_at == later);
}

TEST_CASE("a journal keeps why a connection was refused", "[journal]") {
    connection_journal journal;
    journal.refused(device, "the device is disabled", later);
    const auto record = journal.find(device);
    REQUIRE(record);
    CHECK_FALSE(record->connected);
    CHECK(record->refusal_reason == "the device is disabled");
    CHECK(record->refused_at == later);
}

TEST_CASE("a full journal drops what changed longest ago and is not connected", "[journal]") {
    connection_journal journal;
    constexpr auto most = connection_journal::max_idle_records;
    journal.opened({"open", ""}, {}, at_first);
    journal.refused({"oldest", ""}, "unknown", at_first);
    journal.refused({"old", ""}, "unknown", at_first);
    for (std::size_t i = 0; i < most - 1; ++i) {
        journal.refused({"d" + std::to_string(i), ""}, "unknown", later);
        journal.refused({"old", ""}, "unknown", later);
    }
    CHECK(journal.records().size() == most + 1);
    CHECK(journal.find({"open", ""}));
    CHECK(journal.find({"old", ""}));
    CHECK_FALSE(journal.find({"oldest", ""}));
    CHECK(journal.find({"d0", ""}));
}

TEST_CASE("however many were connected, few are remembered afterwards", "[journal]") {
    connection_journal journal;
    constexpr auto many = connection_journal::max_idle_records + 10;
    for (std::size_t i = 0; i < many; ++i) {
        journal.opened({"d" + std::to_string(i), ""}, {}, at_first);
    }
    CHECK(journal.records().size() == many);
    for (std::size_t i = 0; i < many; ++i) {
        journal.closed({"d" + std::to_string(i), ""}, "reset", later);
    }
    CHECK(journal.records().size() == connection_journal::max_idle_records);
    CHECK_FALSE(journal.find({"d0", ""}));
    journal.opened({"d20", ""}, {}, later);
    CHECK(journal.records().size() == connection_journal::max_idle_records);
}

TEST_CASE("clearing a journal leaves those that are connected", "[journal]") {
    connection_journal journal;
    journal.opened({"open", ""}, {}, at_first);
    journal.refused({"gone", ""}, "unknown", at_first);
    journal.clear();
    REQUIRE(journal.records().size() == 1);
    CHECK(journal.records().front().key == identity_key{"open", ""});
    journal.closed({"open", ""}, "reset", later);
    CHECK_FALSE(journal.find({"open", ""})->connected);
}

TEST_CASE("records come in the order of their keys", "[journal]") {
    connection_journal journal;
    journal.refused({"b", ""}, "x", later);
    journal.refused({"a", "m"}, "x", later);
    journal.refused({"a", ""}, "x", later);
    const auto records = journal.records();
    REQUIRE(records.size() == 3);
    CHECK(records[0].key == identity_key{"a", ""});
    CHECK(records[1].key == identity_key{"a", "m"});
    CHECK(records[2].key == identity_key{"b", ""});
}

} // namespace iothub::core
