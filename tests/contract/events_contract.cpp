// Events: blocks in order, read by position, trimmed from the front; numbers never come again.
#include <limits>
#include <string>
#include <vector>

#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

constexpr std::size_t plenty = 1 << 30;

std::vector<std::uint64_t> firsts(const std::vector<core::event_block>& blocks) {
    std::vector<std::uint64_t> numbers;
    for (const core::event_block& block : blocks) {
        numbers.push_back(block.first_sequence_number);
    }
    return numbers;
}

using numbers = std::vector<std::uint64_t>;

// Blocks of 10 bytes: events 0–2, 3, 4–9, 10–11.
void append_four(core::store& store, std::uint32_t partition) {
    std::uint64_t offset = 0;
    for (const auto& [first, count] :
         std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 3}, {3, 1}, {4, 6}, {10, 2}}) {
        store.append_events(partition, make_block(first, count, offset, std::string(10, 'x')));
        offset += 10;
    }
}

} // namespace

STORE_TEST_CASE("a block comes back as it was appended, with any bytes") {
    TestType subject;
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    const core::event_block small = make_block(0, 5, 0, bytes);
    const core::event_block large = make_block(5, 1, 256, std::string(1'000'000, '\0'));
    subject.store().append_events(3, small);
    subject.store().append_events(3, large);
    CHECK(subject.store().read_events(3, 0, plenty) == std::vector{small, large});
    CHECK(subject.store().read_events(0, 0, plenty).empty());
}

STORE_TEST_CASE("reading begins with the block that holds the number, or the next one") {
    TestType subject;
    append_four(subject.store(), 0);
    append_four(subject.store(), 1);
    CHECK(firsts(subject.store().read_events(0, 0, plenty)) == numbers{0, 3, 4, 10});
    CHECK(firsts(subject.store().read_events(0, 2, plenty)) == numbers{0, 3, 4, 10});
    CHECK(firsts(subject.store().read_events(0, 3, plenty)) == numbers{3, 4, 10});
    CHECK(firsts(subject.store().read_events(0, 9, plenty)) == numbers{4, 10});
    CHECK(firsts(subject.store().read_events(0, 11, plenty)) == numbers{10});
    CHECK(subject.store().read_events(0, 12, plenty).empty());
    CHECK(
        subject.store().read_events(0, std::numeric_limits<std::uint64_t>::max(), plenty).empty());
    subject.store().trim_events(0, 20, never);
    CHECK(firsts(subject.store().read_events(0, 1, plenty)) == numbers{4, 10});
}

STORE_TEST_CASE("reading stops at the bytes it may take, but not before one block") {
    TestType subject;
    append_four(subject.store(), 0);
    CHECK(firsts(subject.store().read_events(0, 0, 30)) == numbers{0, 3, 4});
    CHECK(firsts(subject.store().read_events(0, 0, 29)) == numbers{0, 3});
    CHECK(firsts(subject.store().read_events(0, 4, 1)) == numbers{4});
    CHECK(firsts(subject.store().read_events(0, 4, 0)) == numbers{4});
}

STORE_TEST_CASE("a partition describes itself") {
    TestType subject;
    CHECK(subject.store().describe_partition(7) == core::partition_state{});
    append_four(subject.store(), 7);
    CHECK(subject.store().describe_partition(7) == core::partition_state{0, 12, 40, 40});
    CHECK(subject.store().describe_partition(6) == core::partition_state{});
}

STORE_TEST_CASE("trimming by size drops the oldest blocks only") {
    TestType subject;
    append_four(subject.store(), 0);
    append_four(subject.store(), 1);
    subject.store().trim_events(0, 40, never);
    CHECK(subject.store().describe_partition(0) == core::partition_state{0, 12, 40, 40});
    subject.store().trim_events(0, 39, never);
    CHECK(subject.store().describe_partition(0) == core::partition_state{3, 12, 40, 30});
    subject.store().trim_events(0, 15, never);
    CHECK(subject.store().describe_partition(0) == core::partition_state{10, 12, 40, 10});
    CHECK(firsts(subject.store().read_events(0, 0, plenty)) == numbers{10});
    CHECK(firsts(subject.store().read_events(1, 0, plenty)) == numbers{0, 3, 4, 10});
    subject.store().trim_events(5, 0, at(0));
    CHECK(subject.store().describe_partition(5) == core::partition_state{});
}

STORE_TEST_CASE("trimming by age drops what is older") {
    TestType subject;
    append_four(subject.store(), 0); // taken at their first numbers: 0, 3, 4, 10
    subject.store().trim_events(0, plenty, at(4));
    CHECK(firsts(subject.store().read_events(0, 0, plenty)) == numbers{4, 10});
    subject.store().trim_events(0, plenty, at(4) + ticks(1));
    CHECK(firsts(subject.store().read_events(0, 0, plenty)) == numbers{10});
}

STORE_TEST_CASE("the next numbers outlive the blocks") {
    TestType subject;
    append_four(subject.store(), 0);
    REQUIRE(subject.store().commit());
    subject.store().trim_events(0, 0, never);
    REQUIRE(subject.store().commit());
    const core::partition_state empty = subject.store().describe_partition(0);
    CHECK(empty.next_sequence_number == 12);
    CHECK(empty.next_offset == 40);
    CHECK(empty.bytes == 0);
    CHECK(subject.store().read_events(0, 0, plenty).empty());
    subject.store().append_events(0, make_block(12, 1, 40, "again"));
    CHECK(subject.store().describe_partition(0) == core::partition_state{12, 13, 45, 5});
}
