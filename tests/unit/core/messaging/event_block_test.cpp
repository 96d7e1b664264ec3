#include "emulator/core/messaging/event_block.hpp"

#include "emulator/core/store.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

event sample() {
    event e;
    e.offset = 0x0123456789abcdef;
    e.enqueued = from_unix_seconds(1'767'323'045) + ticks{1};
    e.source = {"d", "m"};
    e.generation_id = "637345907161634714";
    e.auth_method = R"({"scope":"module"})";
    e.system_properties = {{"message-id", "1"}, {"content-type", ""}};
    e.application_properties = {{"flag", std::nullopt}, {"k", "v"}, {"k", "w"}};
    e.body = std::string("\0\xff body", 7);
    return e;
}

} // namespace

TEST_CASE("events come out of a block as they went in, numbered from its first", "[events]") {
    event_block block;
    block.first_sequence_number = 41;
    event first = sample();
    event second;
    second.source = {"d", ""};
    append_record(block.bytes, first);
    append_record(block.bytes, second);
    first.sequence_number = 41;
    second.sequence_number = 42;
    CHECK(read_records(block) == std::vector{first, second});
}

TEST_CASE("events of a block are read from a number on, and not more than wanted", "[events]") {
    event_block block;
    block.first_sequence_number = 41;
    for (int n = 0; n < 5; ++n) {
        append_record(block.bytes, sample());
    }
    const auto numbers = [&](std::uint64_t first, std::size_t limit) {
        std::vector<std::uint64_t> found;
        for (const event& e : read_records(block, first, limit)) {
            found.push_back(e.sequence_number);
            CHECK(e.body == sample().body);
        }
        return found;
    };
    CHECK(numbers(0, 2) == std::vector<std::uint64_t>{41, 42});
    CHECK(numbers(43, 2) == std::vector<std::uint64_t>{43, 44});
    CHECK(numbers(45, 9) == std::vector<std::uint64_t>{45});
    CHECK(numbers(46, 9).empty());
    CHECK(numbers(41, 0).empty());
}

TEST_CASE("what is skipped must be whole, too", "[events]") {
    std::string bytes;
    append_record(bytes, sample());
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        event_block block;
        block.bytes = bytes.substr(0, size);
        CHECK_THROWS_AS(read_records(block, 1), store_fault);
    }
}

TEST_CASE("a block without bytes has no events", "[events]") {
    CHECK(read_records({}).empty());
}

TEST_CASE("a block that is cut anywhere inside a record is damaged", "[events]") {
    std::string bytes;
    append_record(bytes, sample());
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        event_block block;
        block.bytes = bytes.substr(0, size);
        CHECK_THROWS_AS(read_records(block), store_fault);
    }
}

TEST_CASE("a length beyond the block is damage, not an allocation", "[events]") {
    event_block block;
    append_record(block.bytes, sample());
    block.bytes.replace(16, 4, "\xff\xff\xff\xff"); // the length of the device id
    CHECK_THROWS_AS(read_records(block), store_fault);
}

} // namespace iothub::core
