#include "common/utf8.hpp"

#include <string>

#include "support/catch.hpp"

using iothub::is_utf8;

TEST_CASE("UTF-8 is well formed") {
    for (const char* good :
         {"", "plain", "\x01\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
          "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "a\xc3\xa9z"}) {
        CHECK(is_utf8(good));
    }
    CHECK(is_utf8(std::string("a\0b", 3)));
}

TEST_CASE("overlong forms, surrogates and torn characters are not UTF-8") {
    for (const char* bad :
         {"\x80", "\xc0\xaf", "\xc2", "\xc2\x41", "\xe0\x9f\xbf", "\xe1\x80", "\xed\xa0\x80",
          "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
        CHECK_FALSE(is_utf8(bad));
    }
}

TEST_CASE("a character is found at any place of a long text, good or bad") {
    for (std::size_t at = 0; at <= 20; ++at) {
        const std::string before(at, 'a');
        const std::string after(20 - at, 'z');
        CHECK(is_utf8(before + "\xf0\x90\x80\x80" + after));
        CHECK_FALSE(is_utf8(before + "\x80" + after));
        CHECK_FALSE(is_utf8(before + "\xc2" + after));
    }
}
