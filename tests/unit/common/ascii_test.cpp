#include "common/ascii.hpp"
#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("text of ASCII alone is told from other text") {
    CHECK(is_ascii(""));
    CHECK(is_ascii(std::string("\0a\x7f", 3)));
    CHECK_FALSE(is_ascii("\x80"));
    CHECK_FALSE(is_ascii("caf\xc3\xa9"));
}

TEST_CASE("what is no ASCII becomes a question mark for each byte") {
    CHECK(to_ascii("plain") == "plain");
    CHECK(to_ascii("caf\xc3\xa9 \xff") == "caf?? ?");
}
