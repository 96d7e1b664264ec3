#include "common/base64.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("base64 writes and reads the vectors of RFC 4648", "[base64]") {
    const auto [bytes, text] = GENERATE(table<std::string, std::string>({
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    }));
    CHECK(base64_encode(bytes) == text);
    CHECK(base64_decode(text) == bytes);
}

TEST_CASE("base64 keeps every byte value", "[base64]") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
    }
    const std::string text = base64_encode(bytes);
    CHECK(text.find_first_of("+/") != text.npos);
    CHECK(base64_decode(text) == bytes);
}

TEST_CASE("base64 keeps zero bytes at the end", "[base64]") {
    const std::string bytes("k\0\0", 3);
    CHECK(base64_decode(base64_encode(bytes)) == bytes);
    CHECK(base64_decode("AAAAAAAAAAE=") == std::string("\0\0\0\0\0\0\0\1", 8));
}

TEST_CASE("base64 refuses what is not exactly padded base64", "[base64]") {
    const std::string text =
        GENERATE("Z", "Zg", "Zg=", "Zm9v=", "====", "Z===", "Zg==Zg==", "=Zg=", "Zm9v\n", "\nZm9",
                 "Zm 9", " Zm9", "Zm9v    ", "Zm-_", "Zm%3", "Zm9\xff");
    CAPTURE(text);
    CHECK_FALSE(base64_decode(text));
}

TEST_CASE("base64 refuses a zero byte in the text", "[base64]") {
    CHECK_FALSE(base64_decode(std::string_view("Zm9\0", 4)));
}

} // namespace iothub
