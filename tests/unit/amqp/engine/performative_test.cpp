#include "emulator/amqp/engine/performative.hpp"

#include <string>
#include <vector>

#include "support/amqp_bytes.hpp"
#include "support/catch.hpp"

using namespace iothub::amqp;
using namespace iothub::test::amqp_bytes;

namespace {

std::string frame(std::string_view body) {
    return number_32(static_cast<std::uint32_t>(8 + body.size())) + hex("02 00 00 05") +
           std::string(body);
}

std::string frame_of(std::string_view code, const std::vector<std::string>& fields) {
    std::string items;
    for (const std::string& one : fields) {
        items += one;
    }
    return frame(hex("00 53") + hex(code) +
                 sized_32("d0", static_cast<std::uint32_t>(fields.size()), items));
}

// Its name; empty where it was read.
std::string refusal(const std::string& bytes) {
    const auto read = read_performative(bytes);
    const auto* wrong = std::get_if<condition>(&read);
    return wrong == nullptr ? "" : wrong->name;
}

// Each performative with fewest fields, by code.
struct smallest {
    const char* code;
    std::vector<std::string> fields;
    std::size_t count; // of all fields
};

std::vector<smallest> all() {
    const std::string zero = hex("43");
    const std::string yes = hex("41");
    return {{"10", {str("c")}, 10},
            {"11", {hex("40"), zero, zero, zero}, 8},
            {"12", {str("n"), zero, yes}, 14},
            {"13", {hex("40"), zero, zero, zero}, 11},
            {"14", {zero}, 11},
            {"15", {yes, zero}, 6},
            {"16", {zero}, 3},
            {"17", {}, 1},
            {"18", {}, 1},
            {"41", {sym("PLAIN")}, 3},
            {"43", {bin("x")}, 1}};
}

} // namespace

TEST_CASE("a performative is read with its channel and its fields") {
    const std::string frame =
        frame_of("14", {hex("70 00 00 01 02"), hex("52 07"), bin("t"), hex("40"), hex("56 01")});
    const auto read = read_performative(frame);
    const auto* what = std::get_if<performative>(&read);
    REQUIRE(what != nullptr);
    CHECK(what->code == performative_code::transfer);
    CHECK(what->channel == 5);
    CHECK(what->number(0) == 0x102);
    CHECK(what->number(1) == 7);
    CHECK(what->fields[2] == bin("t"));
    CHECK_FALSE(what->has(3));
    CHECK(what->truth(4));
    CHECK_FALSE(what->truth(5));
    CHECK_FALSE(what->has(10));
}

TEST_CASE("each performative may have all its fields, and no more") {
    for (smallest one : all()) {
        INFO(one.code);
        CHECK(refusal(frame_of(one.code, one.fields)).empty());
        one.fields.resize(one.count, hex("40"));
        CHECK(refusal(frame_of(one.code, one.fields)).empty());
        one.fields.push_back(hex("40"));
        CHECK(refusal(frame_of(one.code, one.fields)) == "amqp:decode-error");
    }
}

TEST_CASE("each field has its type, and some have to be there") {
    const std::string time = hex("83 00 00 00 00 00 00 00 00"); // no field is one
    for (const smallest& one : all()) {
        for (std::size_t i = 0; i < one.count; ++i) {
            INFO(one.code << ", field " << i);
            auto fields = one.fields;
            fields.resize(one.count, hex("40"));
            const bool mandatory = fields[i] != hex("40");
            fields[i] = time;
            CHECK(refusal(frame_of(one.code, fields)) == "amqp:invalid-field");
            fields[i] = hex("40");
            CHECK(refusal(frame_of(one.code, fields)) == (mandatory ? "amqp:invalid-field" : ""));
        }
    }
}

TEST_CASE("descriptors and lists may be encoded in each way") {
    CHECK(refusal(frame(hex("00 80 00 00 00 00 00 00 00 17 45"))).empty());
    CHECK(refusal(frame(hex("00 53 17 c0 01 00"))).empty());
    CHECK(refusal(frame(hex("00 53 17 d0 00 00 00 04 00 00 00 00"))).empty());
}

TEST_CASE("a performative that is cut off at any byte is refused") {
    for (const smallest& one : all()) {
        const std::string whole = frame_of(one.code, one.fields);
        for (std::size_t size = 8; size < whole.size(); ++size) {
            CHECK(refusal(whole.substr(0, size)) == "amqp:decode-error");
        }
    }
}

TEST_CASE("only a transfer has a payload") {
    CHECK(refusal(frame_of("14", {hex("43")}) + "payload").empty());
    CHECK(refusal(frame_of("17", {}) + "payload") == "amqp:decode-error");
}
