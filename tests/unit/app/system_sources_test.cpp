#include "emulator/app/system_sources.hpp"

#include <set>

#include "support/catch.hpp"

namespace iothub::app {

TEST_CASE("random bytes come in the number asked for", "[system_sources]") {
    system_ids ids;
    for (const std::size_t count : {0U, 1U, 32U, 1024U, 1025U, 5000U}) {
        CHECK(ids.random_bytes(count).size() == count);
    }
}

TEST_CASE("random bytes are not given out twice", "[system_sources]") {
    system_ids ids;
    system_ids others;
    std::set<std::string> seen;
    for (int i = 0; i < 500; ++i) { // more than are drawn at a time, in sizes that do not fit it
        seen.insert(ids.random_bytes(16));
        seen.insert(ids.random_bytes(17));
        seen.insert(others.random_bytes(16));
    }
    CHECK(seen.size() == 1500);
    CHECK_FALSE(seen.contains(std::string(16, '\0')));
}

} // namespace iothub::app
