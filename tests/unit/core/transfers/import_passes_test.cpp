// Which lines an import goes through again.
#include "emulator/core/transfers/import_passes.hpp"

#include <algorithm>
#include <vector>

#include "support/catch.hpp"

namespace iothub::core {

namespace {

// The lines of 1 to 5 that a pass takes, and leaves again where `stay` says so.
std::vector<int> go_through(import_passes& passes, const std::vector<int>& stay) {
    std::vector<int> taken;
    for (int line = 1; line <= 5; ++line) {
        if (passes.takes(line)) {
            taken.push_back(line);
            if (std::find(stay.begin(), stay.end(), line) != stay.end()) {
                passes.leave(line);
            }
        }
    }
    return taken;
}

using lines = std::vector<int>;

} // namespace

TEST_CASE("a first pass that leaves nothing is the only one", "[transfers]") {
    import_passes passes;
    CHECK(passes.is_first());
    CHECK(go_through(passes, {}) == lines{1, 2, 3, 4, 5});
    CHECK_FALSE(passes.leaves_any());
}

TEST_CASE("passes go on while each brings some lines further, and once more", "[transfers]") {
    import_passes passes;
    go_through(passes, {1, 2, 4, 5});
    passes.begin_next();
    CHECK_FALSE(passes.is_first());
    CHECK(go_through(passes, {1, 4}) == lines{1, 2, 4, 5});
    passes.begin_next();
    CHECK_FALSE(passes.is_last());
    CHECK(go_through(passes, {1, 4}) == lines{1, 4});
    passes.begin_next();
    CHECK(passes.is_last());
    CHECK(go_through(passes, {}) == lines{1, 4});
    CHECK_FALSE(passes.leaves_any());
}

} // namespace iothub::core
