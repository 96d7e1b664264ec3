#include "emulator/amqp/values/message.hpp"
#include "support/amqp_bytes.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;
using namespace iothub::test::amqp_bytes;
using Catch::Matchers::EndsWith;

namespace {

// The detail of the refusal; empty where there is none.
std::string fault_of(std::string_view bytes) {
    const auto decoded = decode_message(bytes);
    if (decoded) {
        return {};
    }
    CHECK(decoded.error().code == errc::argument_invalid);
    CHECK(decoded.error().message == "The message is not a valid AMQP message.");
    return decoded.error().detail;
}

std::string fault_of_value(std::string_view value) {
    return fault_of(value_section(value));
}

// `fields` stand behind `nulls` that do.
std::string fault_of_property(int nulls, std::string_view field) {
    return fault_of(properties(list_8(
        nulls + 1, std::string(static_cast<std::size_t>(nulls), '\x40') + std::string(field))));
}

} // namespace

TEST_CASE("bytes that begin no section are refused") {
    CHECK(fault_of("") == "no sections");
    CHECK(fault_of("GET / HTTP/1.1") == "something else than a section");
    CHECK(fault_of(str("text")) == "something else than a section");
    CHECK(fault_of(data_section("x") + "y") == "something else than a section");
    CHECK(fault_of(hex("00")) == "at byte 1: no constructor where a value begins");
}

TEST_CASE("unknown sections are refused") {
    for (const char* descriptor :
         {"53 6f", "53 79", "44", "80 00 00 00 01 00 00 00 75", "41", "54 75",
          "98 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 75", "45", "a3 00", "00 53 75 53 75"}) {
        CHECK(fault_of(hex("00") + hex(descriptor) + bin("x")) == "an unknown section");
    }
    CHECK(fault_of(hex("00") + str("amqp:data:binary") + bin("x")) == "an unknown section");
    CHECK(fault_of(hex("00") + sym("amqp:data:list") + bin("x")) == "an unknown section");
}

TEST_CASE("sections in a wrong order are refused") {
    const std::string value = value_section(hex("41"));
    const std::string sequence = hex("00 53 76 45");
    const std::string header = hex("00 53 70 45");
    const std::string footer = hex("00 53 78 c1 01 00");
    CHECK(fault_of(data_section("x") + header) == "amqp:header:list in a wrong place");
    CHECK(fault_of(header + header) == "amqp:header:list in a wrong place");
    CHECK(fault_of(value + value) == "amqp:amqp-value:* in a wrong place");
    CHECK(fault_of(data_section("x") + value) == "amqp:amqp-value:* in a wrong place");
    CHECK(fault_of(data_section("x") + sequence) == "amqp:amqp-sequence:list in a wrong place");
    CHECK(fault_of(sequence + value) == "amqp:amqp-value:* in a wrong place");
    CHECK(fault_of(footer + data_section("x")) == "amqp:data:binary in a wrong place");
    CHECK(fault_of(application_properties(map_8(0, "")) + properties(hex("45"))) ==
          "amqp:properties:list in a wrong place");
}

TEST_CASE("sections of a wrong type are refused") {
    CHECK(fault_of(hex("00 53 70 c1 01 00")) == "amqp:header:list of a wrong type");
    CHECK(fault_of(hex("00 53 71 45")) == "amqp:delivery-annotations:map of a wrong type");
    CHECK(fault_of(annotations(hex("45"))) == "amqp:message-annotations:map of a wrong type");
    CHECK(fault_of(properties(map_8(0, ""))) == "amqp:properties:list of a wrong type");
    CHECK(fault_of(application_properties(hex("40"))) ==
          "amqp:application-properties:map of a wrong type");
    CHECK(fault_of(hex("00 53 75") + str("x")) == "amqp:data:binary of a wrong type");
    CHECK(fault_of(hex("00 53 75 00 53 01") + bin("x")) == "amqp:data:binary of a wrong type");
    CHECK(fault_of(hex("00 53 76") + str("x")) == "amqp:amqp-sequence:list of a wrong type");
    CHECK(fault_of(hex("00 53 78 45")) == "amqp:footer:map of a wrong type");
}

TEST_CASE("a property of a wrong type is named") {
    const char* names[] = {"message-id",       "user-id",          "to",
                           "subject",          "reply-to",         "correlation-id",
                           "content-type",     "content-encoding", "absolute-expiry-time",
                           "creation-time",    "group-id",         "group-sequence",
                           "reply-to-group-id"};
    for (int i = 0; i < 13; ++i) {
        CHECK(fault_of_property(i, hex("41")) == std::string(names[i]) + " of a wrong type");
    }
    CHECK(fault_of_property(0, hex("52 01")) == "message-id of a wrong type");
    CHECK(fault_of_property(0, sym("id")) == "message-id of a wrong type");
    CHECK(fault_of_property(1, sym("u")) == "user-id of a wrong type");
    CHECK(fault_of_property(2, sym("/a")) == "to of a wrong type");
    CHECK(fault_of_property(4, bin("/a")) == "reply-to of a wrong type");
    CHECK(fault_of_property(6, bin("t")) == "content-type of a wrong type");
    CHECK(fault_of_property(8, hex("55 01")) == "absolute-expiry-time of a wrong type");
    CHECK(fault_of_property(13, hex("40")) == "properties of 14 fields");
}

TEST_CASE("keys that are no text are refused") {
    CHECK(fault_of(application_properties(map_8(2, hex("54 01 41")))) ==
          "an application property whose key is no string");
    CHECK(fault_of(annotations(map_8(2, hex("53 01 41")))) ==
          "an annotation whose key is no symbol");
}

TEST_CASE("unknown constructors are refused wherever they stand") {
    for (const char* value : {"01", "3f", "46", "57", "62", "75", "85", "99", "a2", "b2", "c2",
                              "d2", "e1", "f1", "ff"}) {
        CHECK_THAT(fault_of_value(hex(value)), EndsWith("at byte 3: an unknown constructor"));
        CHECK_THAT(fault_of_value(list_8(1, hex(value))), EndsWith(": an unknown constructor"));
        CHECK_THAT(fault_of_value(sized_8("e0", 1, hex(value))),
                   EndsWith(": an unknown constructor"));
    }
}

TEST_CASE("sizes beyond the bytes are refused") {
    for (const char* value : {"50", "60 01", "70 01 02 03", "80 01", "98 01", "a1 02 61",
                              "b0 ff ff ff ff 61", "c0 02 00", "d0 ff ff ff ff 00 00 00 00",
                              "c1 ff 00", "e0 05 01 50", "f0 ff ff ff ff 00 00 00 01 50"}) {
        CHECK_THAT(fault_of_value(hex(value)), EndsWith("a value beyond the end"));
    }
    for (const char* value :
         {"a1", "b1 00 00", "c0", "c0 00", "d0 00 00 00 03 00 00 00", "f0 00"}) {
        CHECK_THAT(fault_of_value(hex(value)), EndsWith("a size beyond the end"));
    }
    CHECK_THAT(fault_of_value(list_8(1, "")), EndsWith("a count beyond the size"));
    CHECK_THAT(fault_of_value(list_8(1, hex("a1 05 61")) + "aaaa"),
               EndsWith("a value beyond the end"));
    CHECK_THAT(fault_of_value(list_8(1, hex("41 41"))), EndsWith("a size beyond the items"));
    CHECK_THAT(fault_of_value(hex("e0 01 00")), EndsWith("no constructor where a value begins"));
}

TEST_CASE("counts that no bytes can hold are refused") {
    CHECK_THAT(fault_of_value(sized_32("d0", 0xffffffff, hex("40"))),
               EndsWith("a count beyond the size"));
    CHECK_THAT(fault_of_value(sized_32("d1", 0xfffffffe, hex("40 40"))),
               EndsWith("a count beyond the size"));
    CHECK_THAT(fault_of_value(map_8(3, hex("40 40 40"))), EndsWith("a map of an odd count"));
    for (const char* items : {"40", "41", "43", "45", "50 01", "80 01", "98 01"}) {
        CHECK_THAT(fault_of_value(sized_32("f0", 0xffffffff, hex(items))),
                   EndsWith("too many values"));
    }
    for (const char* items : {"a1 00", "c0 01 00", "f0 00"}) {
        CHECK_THAT(fault_of_value(sized_32("f0", 0xffffffff, hex(items))),
                   EndsWith("a count beyond the size"));
    }
    CHECK_THAT(fault_of_value(sized_32("f0", 3, hex("98") + std::string(47, 'x'))),
               EndsWith("a value beyond the end"));
}

TEST_CASE("arrays cannot make more values than there are bytes") {
    std::string items = hex("e0");
    for (int i = 0; i < 100; ++i) {
        items += hex("02 ff 40");
    }
    CHECK_THAT(fault_of_value(sized_32("f0", 100, items)), EndsWith("too many values"));
    CHECK(fault_of_value(sized_32("f0", 3, hex("40"))).empty());
}

TEST_CASE("a message has at most max_values") {
    const auto nulls = [](std::uint32_t count) {
        return value_section(sized_32("d0", count, std::string(count, '\x40')));
    };
    CHECK(fault_of(nulls(64998)).empty());
    CHECK_THAT(fault_of(nulls(65000)), EndsWith("too many values"));
}

TEST_CASE("deep nesting is refused") {
    std::string lists = hex("45");
    std::string descriptors;
    for (int i = 0; i < 10000; ++i) {
        lists = sized_32("d0", 1, lists);
        descriptors += hex("00 53 01");
    }
    CHECK_THAT(fault_of_value(lists), EndsWith("values nested too deeply"));
    CHECK_THAT(fault_of_value(descriptors + hex("40")), EndsWith("values nested too deeply"));
    CHECK_THAT(fault_of_value(std::string(10000, '\0')),
               EndsWith("an unknown constructor")); // no descriptor has one of its own
    std::string arrays = sized_32("f0", 0, hex("40")).substr(1);
    for (int i = 0; i < 100; ++i) {
        arrays = sized_32("f0", 1, hex("f0") + arrays).substr(1);
    }
    CHECK_THAT(fault_of_value(hex("f0") + arrays), EndsWith("values nested too deeply"));
}

TEST_CASE("text that is not text is refused") {
    CHECK_THAT(fault_of_value(str("\xff")), EndsWith("a string that is not UTF-8"));
    CHECK_THAT(fault_of_value(hex("b1 00 00 00 02 c3 28")), EndsWith("a string that is not UTF-8"));
    CHECK_THAT(fault_of_value(sym("\xc3\xa9")), EndsWith("a symbol that is not ASCII"));
    CHECK(fault_of_value(bin("\xff")).empty());
    CHECK(fault_of_value(str("\xc3\xa9")).empty());
}

TEST_CASE("descriptors of other types are refused") {
    for (const char* descriptor : {"40", "54 01", "a1 01 61", "45"}) {
        CHECK_THAT(fault_of_value(hex("00") + hex(descriptor) + hex("41")),
                   EndsWith("a descriptor that is no ulong and no symbol"));
    }
}
