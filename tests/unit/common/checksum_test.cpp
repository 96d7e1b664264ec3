#include "common/checksum.hpp"

#include <set>
#include <string>

#include "support/catch.hpp"

using iothub::checksum;

// Folders of data hold them: they are the same on every machine, for ever.
TEST_CASE("checksums do not change") {
    checksum sum;
    CHECK(sum.of("") == 3763515121774672273);
    CHECK(sum.of("event") == 4185321558299033995);
    CHECK(sum.of(std::string(4096, '\0')) == 2246330898141822905);
    CHECK(checksum().of("event") == sum.of("event"));
}

TEST_CASE("a checksum tells whether a bit, a length or an order is another") {
    checksum sum;
    const std::string bytes = "bytes of a block, over more than the sixteen that go together";
    std::set<std::uint64_t> seen = {sum.of(bytes),
                                    sum.of(""),
                                    sum.of(std::string(1, '\0')),
                                    sum.of(std::string(2, '\0')),
                                    sum.of(bytes + '\0'),
                                    sum.of(bytes.substr(16) + bytes.substr(0, 16))};
    CHECK(seen.size() == 6);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        std::string other = bytes;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
        CHECK(seen.insert(sum.of(other)).second);
    }
    CHECK(*seen.begin() >= 1);
    CHECK(*seen.rbegin() < std::uint64_t{1} << 63);
}
