#include "emulator/core/messaging/partition_readers.hpp"

#include <deque>

#include "support/catch.hpp"

namespace iothub::core {

namespace {

using place = partition_readers::place;

struct recorder final : partition_readers::reader {
    void displaced(const std::string& why) override { told.push_back(why); }
    std::vector<std::string> told;
};

struct world {
    partition_readers readers;
    std::deque<recorder> made;

    recorder& reader() { return made.emplace_back(); }
    result<> enter(recorder& who, std::optional<std::int64_t> level,
                   const place& where = {"$Default", 0}) {
        return readers.enter(where, {&who, "r" + std::to_string(made.size()), level});
    }
};

} // namespace

TEST_CASE("readers without a level read beside one another, up to five", "[readers]") {
    world w;
    for (int i = 0; i < 5; ++i) {
        CHECK(w.enter(w.reader(), std::nullopt));
    }
    recorder& sixth = w.reader();
    const auto refused = w.enter(sixth, std::nullopt);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::quota_exceeded);
    CHECK(refused.error().message ==
          "Exceeded the maximum number of allowed receivers per partition in a consumer group "
          "which is 5. List of connected receivers - 'r1', 'r2', 'r3', 'r4', 'r5'.");
    SECTION("one that leaves makes room") {
        w.readers.leave({"$Default", 0}, w.made[2]);
        CHECK(w.enter(sixth, std::nullopt));
    }
    SECTION("others do not count") {
        CHECK(w.enter(sixth, std::nullopt, {"$Default", 1}));
        CHECK(w.enter(w.reader(), std::nullopt, {"other", 0}));
    }
    SECTION("the case of the group's letters does not") {
        CHECK_FALSE(w.enter(sixth, std::nullopt, {"$default", 0}));
    }
}

TEST_CASE("a level displaces those that have none", "[readers]") {
    world w;
    recorder& one = w.reader();
    recorder& two = w.reader();
    REQUIRE(w.enter(one, std::nullopt));
    REQUIRE(w.enter(two, std::nullopt));
    recorder& owner = w.reader();
    REQUIRE(w.enter(owner, 0));
    REQUIRE(one.told.size() == 1);
    CHECK(one.told.front() ==
          "New receiver 'r3' with higher epoch of '0' is created hence current receiver 'r2' "
          "without epoch is getting disconnected. If you are recreating the receiver, make sure a "
          "higher epoch is used.");
    CHECK(two.told.size() == 1);
    CHECK(owner.told.empty());
}

TEST_CASE("a higher level, and the same, displaces an owner", "[readers]") {
    const int newer_level = GENERATE(7, 8);
    world w;
    recorder& older = w.reader();
    REQUIRE(w.enter(older, 7));
    recorder& newer = w.reader();
    REQUIRE(w.enter(newer, newer_level));
    REQUIRE(older.told.size() == 1);
    CHECK(older.told.front() ==
          "New receiver 'r2' with higher epoch of '" + std::to_string(newer_level) +
              "' is created hence current receiver 'r1' with epoch '7' is getting disconnected. If "
              "you are recreating the receiver, make sure a higher epoch is used.");
    w.readers.leave({"$Default", 0}, older); // too late to matter
    CHECK_FALSE(w.enter(older, std::nullopt));
    CHECK(newer.told.empty());
}

TEST_CASE("an owner keeps out a lower level, and those that have none", "[readers]") {
    world w;
    recorder& owner = w.reader();
    REQUIRE(w.enter(owner, 7));
    recorder& other = w.reader();
    const auto lower = w.enter(other, 6);
    REQUIRE_FALSE(lower);
    CHECK(lower.error().code == errc::precondition_failed);
    CHECK(lower.error().message ==
          "Receiver 'r1' with a higher epoch '7' already exists. Receiver 'r2' with epoch 6 cannot "
          "be created. Make sure you are creating receiver with increasing epoch value to ensure "
          "connectivity, or ensure all old epoch receivers are closed or disconnected.");
    const auto none = w.enter(other, std::nullopt);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::precondition_failed);
    CHECK(none.error().message ==
          "At least one receiver for the endpoint is created with epoch of '7', and so non-epoch "
          "receiver is not allowed. Either reconnect with a higher epoch, or make sure all epoch "
          "receivers are closed or disconnected.");
    CHECK(owner.told.empty());
    SECTION("until it leaves") {
        w.readers.leave({"$Default", 0}, owner);
        CHECK(w.enter(other, std::nullopt));
    }
    SECTION("of its own partition and group") {
        CHECK(w.enter(other, std::nullopt, {"$Default", 1}));
        CHECK(w.enter(w.reader(), 1, {"other", 0}));
    }
}

} // namespace iothub::core
