#include "emulator/core/deadlines.hpp"

#include <string>

#include "support/catch.hpp"

using namespace iothub;

namespace {

timestamp at(int seconds) {
    return from_unix_seconds(seconds);
}

} // namespace

TEST_CASE("deadlines come due in their order, each id once", "[deadlines]") {
    core::deadlines<std::string> d;
    CHECK_FALSE(d.next());
    CHECK_FALSE(d.due(timestamp::max()));
    d.set("late", at(30));
    d.set("early", at(10));
    d.set("moved", at(5));
    d.set("moved", at(20));
    CHECK(d.next() == at(10));
    CHECK_FALSE(d.due(at(9)));
    CHECK(d.due(at(10)) == "early");
    d.erase("early");
    d.erase("early");
    CHECK(d.due(at(100)) == "moved");
    d.erase("moved");
    CHECK(d.next() == at(30));
}

TEST_CASE("two deadlines at the same time are both kept", "[deadlines]") {
    core::deadlines<int> d;
    d.set(1, at(10));
    d.set(2, at(10));
    CHECK(d.due(at(10)) == 1);
    d.erase(1);
    CHECK(d.due(at(10)) == 2);
}
