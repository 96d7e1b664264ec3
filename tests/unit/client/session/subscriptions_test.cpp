#include "client/src/session/subscriptions.hpp"

#include "support/catch.hpp"

using iothub::client::subscriptions;
using filters = std::vector<std::string>;

TEST_CASE("what is wanted is asked for once and then settled") {
    subscriptions all;
    CHECK(all.settled());
    all.want("a");
    all.want("b");
    all.want("a");
    CHECK_FALSE(all.settled());
    CHECK(all.to_ask() == filters{"a", "b"});
    all.asked(7);
    CHECK(all.to_ask().empty());
    CHECK_FALSE(all.settled());
    CHECK(all.answered(7, {true, true}).empty());
    CHECK(all.settled());
}

TEST_CASE("a filter wanted later is asked for by itself") {
    subscriptions all;
    all.want("a");
    all.asked(1);
    all.want("b");
    CHECK(all.to_ask() == filters{"b"});
    all.asked(2);
    all.answered(2, {true});
    CHECK_FALSE(all.settled());
    all.answered(1, {true});
    CHECK(all.settled());
}

TEST_CASE("a refused filter is wanted no more") {
    subscriptions all;
    all.want("a");
    all.want("b");
    all.asked(1);
    CHECK(all.answered(1, {true, false}) == filters{"b"});
    CHECK(all.settled());
    all.restart();
    CHECK(all.to_ask() == filters{"a"});
}

TEST_CASE("an answer with too few codes refuses the rest, one for another packet nothing") {
    subscriptions all;
    all.want("a");
    all.want("b");
    all.asked(1);
    CHECK(all.answered(9, {false, false}).empty());
    CHECK(all.answered(1, {true}) == filters{"b"});
}

TEST_CASE("a new connection asks for everything again") {
    subscriptions all;
    all.want("a");
    all.asked(1);
    all.answered(1, {true});
    all.restart();
    CHECK_FALSE(all.settled());
    CHECK(all.to_ask() == filters{"a"});
}
