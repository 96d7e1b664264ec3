// Lock tokens as the tags of deliveries.
#include "emulator/amqp/lock_tag.hpp"

#include "support/catch.hpp"

namespace iothub::amqp {

using namespace std::string_literals;

TEST_CASE("a lock token as .NET writes a Guid's bytes, and back", "[amqp]") {
    const auto tag = lock_tag("00112233-4455-6677-8899-aabbccddeeff");
    CHECK(tag == "\x33\x22\x11\x00\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff"s);
    CHECK(lock_token(*tag) == "00112233-4455-6677-8899-aabbccddeeff");
    CHECK(lock_token(*lock_tag("E40E9DB2-199F-482B-887A-F45FBEAA7B8C")) ==
          "e40e9db2-199f-482b-887a-f45fbeaa7b8c");
}

TEST_CASE("what is no lock token", "[amqp]") {
    for (const char* text :
         {"", "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-aabbccddeeff0",
          "00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-aabbccddeefg",
          "00112233-4455-6677-8899+aabbccddeeff", "0011223-34455-6677-8899-aabbccddeeff",
          "+0112233-4455-6677-8899-aabbccddeeff", "0x112233-4455-6677-8899-aabbccddeeff",
          " 0112233-4455-6677-8899-aabbccddeeff"}) {
        CAPTURE(text);
        CHECK_FALSE(lock_tag(text));
    }
}

TEST_CASE("a tag that is none of the hub's", "[amqp]") {
    CHECK_FALSE(lock_token(""));
    CHECK_FALSE(lock_token(std::string(15, 'x')));
    CHECK_FALSE(lock_token(std::string(17, 'x')));
}

} // namespace iothub::amqp
