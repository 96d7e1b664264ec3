#include "common/blob_signature.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("a blob's signature covers place, expiry, permissions and version", "[blob]") {
    // The text to sign and its HMAC were written down by hand from the specification of 2018-11-09.
    const auto token =
        sign_blob_access({"devstoreaccount1", "uploads", "dev1/dir/a b.txt"},
                         "MDEyMzQ1Njc4OWFiY2RlZg==", *parse_iso_8601("2030-01-01T00:00:00.75Z"));
    REQUIRE(token);
    CHECK(*token == "?sv=2018-11-09&sr=b&sig=mwXC2atMsCJzPg%2BZOycd0ADa1SpyQiZG4qwCIFLOcZY%3D"
                    "&se=2030-01-01T00%3A00%3A00Z&sp=rw");
}

TEST_CASE("another blob has another signature", "[blob]") {
    const timestamp expiry = *parse_iso_8601("2030-01-01T00:00:00Z");
    const std::string key = "MDEyMzQ1Njc4OWFiY2RlZg==";
    const auto one = sign_blob_access({"a", "c", "d/x"}, key, expiry);
    CHECK(*one != *sign_blob_access({"a", "c", "d/y"}, key, expiry));
    CHECK(*one != *sign_blob_access({"b", "c", "d/x"}, key, expiry));
    CHECK(*one != *sign_blob_access({"a", "c2", "d/x"}, key, expiry));
}

TEST_CASE("a storage key that is not base64 is refused", "[blob]") {
    CHECK(sign_blob_access({"a", "c", "b"}, "no base64!", never).error().code ==
          errc::argument_invalid);
}

} // namespace iothub
