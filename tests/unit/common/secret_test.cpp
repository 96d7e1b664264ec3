#include "common/secret.hpp"

#include "common/base64.hpp"
#include "support/catch.hpp"

namespace iothub {

TEST_CASE("HMAC-SHA256 gives the vectors of RFC 4231", "[secret]") {
    CHECK(base64_encode(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
          "sDRMYdjbOFNcqK/OrwvxK4gdwgDJgz2nJuk3bC4yz/c=");
    CHECK(base64_encode(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
}

TEST_CASE("an HMAC-SHA256 takes a long key, no key and no data, and keeps nothing", "[secret]") {
    const auto of_long_key = [] {
        return base64_encode(hmac_sha256(std::string(131, '\xaa'),
                                         "Test Using Larger Than Block-Size Key - Hash Key First"));
    };
    CHECK(of_long_key() == "YOQxWR7gtn8Niiaqy/W3f44LxiE3KMUUBUYEDw7jf1Q=");
    CHECK(base64_encode(hmac_sha256({}, {})) == "thNnmggU2ex3L5XXeMNfxf8Wl8STcVZTxscSFEKSxa0=");
    CHECK(hmac_sha256("", "") == hmac_sha256({}, {}));
    CHECK(of_long_key() == of_long_key());
}

TEST_CASE("secrets are equal only when every byte and the length are", "[secret]") {
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK(equal_in_constant_time("", ""));
    CHECK(equal_in_constant_time({}, {}));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("Abc", "abc"));
    CHECK_FALSE(equal_in_constant_time("abc", "abcd"));
    CHECK_FALSE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

} // namespace iothub
