#include "emulator/core/registry/identity_request.hpp"

#include "support/catch.hpp"

namespace iothub::core {

TEST_CASE("an id may have every character of the hub's alphabet", "[registry]") {
    CHECK(is_valid_id("ABCXYZabcxyz0123456789-:.+%_#*?!(),=@;$'"));
    CHECK(is_valid_id("d"));
    CHECK(is_valid_id("$edgeAgent"));
}

TEST_CASE("an id of 128 characters is valid, of 0 or 129 it is not", "[registry]") {
    CHECK(is_valid_id(std::string(128, 'd')));
    CHECK_FALSE(is_valid_id(std::string(129, 'd')));
    CHECK_FALSE(is_valid_id(""));
}

TEST_CASE("an id with a character of no other alphabet is valid", "[registry]") {
    const char c = GENERATE(' ', '/', '\\', '"', '<', '>', '&', '[', ']', '{', '}', '|', '^', '`',
                            '~', '\t', '\n', '\x7f', '\xe9');
    CAPTURE(static_cast<int>(c));
    CHECK_FALSE(is_valid_id(std::string("d") + c));
    CHECK_FALSE(is_valid_id(c + std::string("d")));
}

TEST_CASE("an id with a zero byte is not valid", "[registry]") {
    CHECK_FALSE(is_valid_id(std::string_view("d\0e", 3)));
}

TEST_CASE("a request with a bad id names which of the two is bad", "[registry]") {
    CHECK(validate({.key = {"d d", ""}}).error().message.find("device id") != std::string::npos);
    CHECK(validate({.key = {"d", "m/m"}}).error().message.find("module id") != std::string::npos);
    CHECK(validate({.key = {"", ""}}).error().code == errc::argument_invalid);
}

TEST_CASE("the rule for ids names every character that is allowed", "[registry]") {
    const std::string message = validate({.key = {"d d", ""}}).error().message;
    for (const char c : std::string("-:.+%_#*?!(),=@$'")) {
        CHECK(message.find(c) != std::string::npos);
    }
    CHECK(message.find(';') == std::string::npos); // Node cuts a message at a semicolon
}

TEST_CASE("a module that begins with $ belongs to the system, a device does not", "[registry]") {
    CHECK(validate({.key = {"d", "$edgeAgent"}}).error().code == errc::argument_invalid);
    CHECK(validate({.key = {"$d", "m"}}));
    CHECK(validate({.key = {"d", "m$"}}));
}

TEST_CASE("a status reason of 128 characters is valid, one more is not", "[registry]") {
    CHECK(validate({.key = {"d", ""}, .status_reason = std::string(128, 'r')}));
    CHECK(validate({.key = {"d", ""}, .status_reason = ""}));
    CHECK(validate({.key = {"d", ""}, .status_reason = std::string(129, 'r')}).error().code ==
          errc::argument_invalid);
}

TEST_CASE("a status reason is measured in characters, not bytes", "[registry]") {
    std::string reason;
    for (int i = 0; i < 128; ++i) {
        reason += "\xc3\xa9";
    }
    CHECK(validate({.key = {"d", ""}, .status_reason = reason}));
    CHECK_FALSE(validate({.key = {"d", ""}, .status_reason = reason + "x"}));
}

} // namespace iothub::core
