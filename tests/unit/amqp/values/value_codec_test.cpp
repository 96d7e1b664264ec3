#include "emulator/amqp/values/value_codec.hpp"

#include <limits>
#include <memory>

#include "emulator/amqp/values/message.hpp"
#include "support/amqp_bytes.hpp"
#include "support/catch.hpp"

using namespace iothub::amqp;
using namespace iothub::test::amqp_bytes;

namespace {

struct free_data {
    void operator()(pn_data_t* data) const { pn_data_free(data); }
};
using owned_data = std::unique_ptr<pn_data_t, free_data>;

owned_data decode(std::string_view bytes) {
    owned_data data(pn_data(0));
    CHECK(pn_data_decode(data.get(), bytes.data(), bytes.size()) == ssize_t(bytes.size()));
    return data;
}

std::string encode(const value& what) {
    const owned_data data(pn_data(0));
    write_value(data.get(), what);
    std::string bytes(static_cast<std::size_t>(pn_data_encoded_size(data.get())), '\0');
    CHECK(pn_data_encode(data.get(), bytes.data(), bytes.size()) == ssize_t(bytes.size()));
    return bytes;
}

value read(std::string_view bytes) {
    return read_whole(decode(bytes).get());
}

value make_described(const value& descriptor, const value& what) {
    return std::make_shared<const described>(described{descriptor, what});
}

std::size_t depth_of(const value& what) {
    const auto* items = what.as<list>();
    return items && !items->empty() ? 1 + depth_of(items->front()) : 0;
}

template <class T>
void check_limits() {
    for (const T number :
         {std::numeric_limits<T>::lowest(), T{}, T{1}, std::numeric_limits<T>::max()}) {
        CHECK(read(encode(number)) == value(number));
    }
}

} // namespace

TEST_CASE("AMQP numbers survive the wire with their types") {
    check_limits<std::uint8_t>();
    check_limits<std::uint16_t>();
    check_limits<std::uint32_t>();
    check_limits<std::uint64_t>();
    check_limits<std::int8_t>();
    check_limits<std::int16_t>();
    check_limits<std::int32_t>();
    check_limits<std::int64_t>();
    check_limits<float>();
    check_limits<double>();
}

TEST_CASE("AMQP scalars survive the wire with their types") {
    uuid id;
    id.bytes[0] = '\x80';
    id.bytes[15] = '\x01';
    for (const value& what :
         {value(), value(true), value(false), value(U'\U0010ffff'), value(milliseconds{-1}),
          value(id), value(binary{std::string("a\0\xff", 3)}), value(binary{}), value(""),
          value("text"), value(std::string(300, 'x')), value(symbol{}), value(symbol{"name"})}) {
        CHECK(read(encode(what)) == what);
    }
}

TEST_CASE("AMQP compound values survive the wire") {
    for (const value& what :
         {value(list{}), value(list{1, "a", value(), list{symbol{"b"}}}), value(map{}),
          value(map{{"k", 1}, {symbol{"l"}, list{}}}),
          make_described(std::uint64_t{0x468c00000004}, list{1}),
          make_described(symbol{"apache.org:selector-filter:string"}, "x = 1")}) {
        CHECK(read(encode(what)) == what);
    }
}

TEST_CASE("AMQP arrays survive the wire") {
    for (const value& what :
         {value(array{}), value(array{{1, 2}}), value(array{{symbol{"a"}, symbol{""}}}),
          value(array{{true, false}}), value(array{{list{1}, list{}}}),
          value(array{{array{{1}}, array{{2}}}}), value(array{{map{{"k", 1}}}})}) {
        CHECK(read(encode(what)) == what);
    }
}

TEST_CASE("an array that AMQP cannot express is written as a list") {
    CHECK(read(encode(array{{1, "a"}})) == value(list{1, "a"}));
    const value both = make_described(std::uint64_t{1}, 2);
    CHECK(read(encode(array{{both}})) == value(list{both}));
    CHECK(read(encode(array{{value(), value()}})) == value(list{value(), value()}));
    CHECK(read(encode(std::shared_ptr<const described>())).is_null());
}

TEST_CASE("AMQP decimals are read as null") {
    CHECK(read(hex("74 00 00 00 01")).is_null());
    CHECK(read(hex("84 00 00 00 00 00 00 00 01")).is_null());
    CHECK(read(hex("94 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01")).is_null());
    CHECK(read(list_8(2, hex("74 00 00 00 01 54 05"))) == value(list{value(), 5}));
}

TEST_CASE("the descriptor of an AMQP array's items is not kept") {
    CHECK(read(sized_8("e0", 2,
                       hex("00 53 05 a1") +
                           "\x01"
                           "a" +
                           "\x01"
                           "b")) == value(array{{"a", "b"}}));
}

TEST_CASE("nothing is read where there is no data") {
    CHECK(read_value(nullptr).is_null());
    CHECK(read_whole(nullptr).is_null());
    const owned_data empty(pn_data(0));
    CHECK(read_whole(empty.get()).is_null());
    CHECK(read_value(empty.get()).is_null());
}

TEST_CASE("reading leaves the cursor at the value that was read") {
    const owned_data data = decode(hex("c0 05 02 45 a1 01 61"));
    pn_data_rewind(data.get());
    pn_data_next(data.get());
    pn_data_enter(data.get());
    pn_data_next(data.get());
    CHECK(read_value(data.get()) == value(list{}));
    pn_data_next(data.get());
    CHECK(read_value(data.get()) == value("a"));
    CHECK_FALSE(pn_data_next(data.get()));
}

TEST_CASE("what is nested too deeply is not read") {
    std::string bytes = hex("45");
    for (int i = 0; i < 1000; ++i) {
        bytes = sized_32("d0", 1, bytes);
    }
    CHECK(depth_of(read(bytes)) == max_nesting + 1);
}
