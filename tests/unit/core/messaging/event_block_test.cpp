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
