#include "emulator/mqtt/codec/utf8.hpp"

#include <string>

#include "support/catch.hpp"

using iothub::mqtt::is_mqtt_text;
using iothub::mqtt::is_topic_name;

TEST_CASE("well-formed UTF-8 is text") {
    for (const char* good : {"", "plain", "\x01\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80",
                             "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xef\xbb\xbf",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "a\xc3\xa9z"}) {
        CHECK(is_mqtt_text(good));
    }
}

TEST_CASE("everything else is not") {
    for (const char* bad :
         {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xc2", "\xc2\x41", "\xc2\xc0", "\xe0\x9f\xbf",
          "\xe1\x80", "\xe1\x80\x41", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
          "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xfe"}) {
        CHECK_FALSE(is_mqtt_text(bad));
    }
    CHECK_FALSE(is_mqtt_text(std::string("a\0b", 3)));
}

TEST_CASE("a topic name is not empty and has no wildcard") {
    CHECK(is_topic_name("a/b"));
    CHECK(is_topic_name("$iothub/twin/GET/?$rid=1"));
    CHECK_FALSE(is_topic_name(""));
    CHECK_FALSE(is_topic_name("a/+"));
    CHECK_FALSE(is_topic_name("#"));
}
