#include "emulator/core/id_source.hpp"

#include "support/catch.hpp"
#include "support/fixed_ids.hpp"

namespace iothub::core {

namespace {

class repeated_byte final : public id_source {
public:
    explicit repeated_byte(char byte)
        : byte_(byte) {}
    std::string random_bytes(std::size_t count) override { return std::string(count, byte_); }

private:
    char byte_;
};

} // namespace

TEST_CASE("a guid is a random UUID of version 4", "[ids]") {
    test::fixed_ids ids;
    CHECK(make_guid(ids) == "00010203-0405-4607-8809-0a0b0c0d0e0f");
    repeated_byte ones('\xff');
    CHECK(make_guid(ones) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST_CASE("two guids differ", "[ids]") {
    test::fixed_ids ids;
    const std::string first = make_guid(ids);
    CHECK(make_guid(ids) != first);
}

TEST_CASE("a counter begins below 2^31", "[ids]") {
    repeated_byte ones('\xff');
    repeated_byte zeros('\0');
    CHECK(make_counter_seed(ones) == 0x7fffffffU);
    CHECK(make_counter_seed(zeros) == 0);
}

} // namespace iothub::core
