// What an identity authenticates with after a PUT (service API §2.2).
#include "common/base64.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

constexpr const char* sha1 = "0123456789abcdefABCDEF0123456789abcdef01";
const std::string sha256(64, 'F');

result<identity> put(test::memory_hub& h, authentication_request wanted,
                     const identity_key& key = {"d", ""}) {
    return h.hub.identities().put({.key = key, .authentication = std::move(wanted)}, {});
}

authentication_request keys(std::string primary, std::string secondary) {
    return {.primary_key = std::move(primary), .secondary_key = std::move(secondary)};
}

std::string key_of(std::size_t bytes) {
    return base64_encode(std::string(bytes, 'k'));
}

} // namespace

TEST_CASE("keys that are not given are made: two different ones of 32 bytes", "[registry]") {
    test::memory_hub h;
    const auto made = put(h, {});
    REQUIRE(made);
    CHECK(made->authentication.type == authentication_type::sas);
    CHECK(made->authentication.primary_key.size() == 44);
    CHECK(base64_decode(made->authentication.primary_key).value().size() == 32);
    CHECK(base64_decode(made->authentication.secondary_key).value().size() == 32);
    CHECK(made->authentication.primary_key != made->authentication.secondary_key);
}

TEST_CASE("keys of another identity are others", "[registry]") {
    test::memory_hub h;
    const auto one = put(h, {}, {"d", ""});
    const auto other = put(h, {}, {"e", ""});
    CHECK(one->authentication.primary_key != other->authentication.primary_key);
}

TEST_CASE("keys that are given are kept byte for byte", "[registry]") {
    test::memory_hub h;
    const auto made = put(h, keys(key_of(16), key_of(64)));
    REQUIRE(made);
    CHECK(made->authentication.primary_key == key_of(16));
    CHECK(made->authentication.secondary_key == key_of(64));
}

TEST_CASE("one key without the other is refused", "[registry]") {
    test::memory_hub h;
    const auto refused =
        GENERATE(0, 1) == 0 ? put(h, keys(key_of(32), "")) : put(h, keys("", key_of(32)));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message.find("both keys") != std::string::npos);
}

TEST_CASE("a key of under 16 or over 64 bytes, or no base64, is refused", "[registry]") {
    test::memory_hub h;
    const std::string bad = GENERATE(key_of(15), key_of(65), std::string("topsecret!"));
    const auto refused =
        GENERATE(0, 1) == 0 ? put(h, keys(bad, key_of(32))) : put(h, keys(key_of(32), bad));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message.find("Invalid device key length") != std::string::npos);
    CHECK(refused.error().message.find(bad) == std::string::npos);
    CHECK_FALSE(h.store.find_identity({"d", ""}));
}

TEST_CASE("thumbprints of 40 and 64 digits make an identity self-signed, their case kept",
          "[registry]") {
    test::memory_hub h;
    const auto made = put(h, {.primary_thumbprint = sha1, .secondary_thumbprint = sha256});
    REQUIRE(made);
    CHECK(made->authentication.type == authentication_type::self_signed);
    CHECK(made->authentication.primary_thumbprint == sha1);
    CHECK(made->authentication.secondary_thumbprint == sha256);
    CHECK(made->authentication.primary_key.empty());
    CHECK(made->authentication.secondary_key.empty());
}

TEST_CASE("a thumbprint of another length or alphabet is refused", "[registry]") {
    test::memory_hub h;
    const std::string bad = GENERATE(
        std::string(39, 'a'), std::string(41, 'a'), std::string(63, 'a'), std::string(65, 'a'),
        std::string(40, 'g'), std::string("01:23:45:67:89:ab:cd:ef:01:23:45:67:89:a"));
    const auto refused =
        GENERATE(0, 1) == 0
            ? put(h, {.type = authentication_type::self_signed, .primary_thumbprint = bad})
            : put(h, {.primary_thumbprint = sha1, .secondary_thumbprint = bad});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
}

TEST_CASE("keys and thumbprints together are refused", "[registry]") {
    test::memory_hub h;
    auto both = keys(key_of(32), key_of(32));
    both.secondary_thumbprint = sha1;
    CHECK(put(h, both).error().code == errc::argument_invalid);
}

TEST_CASE("empty keys and thumbprints count as absent", "[registry]") {
    test::memory_hub h;
    const auto made =
        put(h, {.primary_key = "", .primary_thumbprint = "", .secondary_thumbprint = ""});
    REQUIRE(made);
    CHECK(made->authentication.type == authentication_type::sas);
    CHECK(made->authentication.primary_key.size() == 44);
    CHECK_FALSE(made->authentication.primary_thumbprint);
}

TEST_CASE("a self-signed identity may have no thumbprint, and an empty one is none", "[registry]") {
    test::memory_hub h;
    const auto made = put(h, {.type = authentication_type::self_signed,
                              .primary_thumbprint = "",
                              .secondary_thumbprint = sha1});
    REQUIRE(made);
    CHECK(made->authentication.type == authentication_type::self_signed);
    CHECK_FALSE(made->authentication.primary_thumbprint);
    CHECK(made->authentication.secondary_thumbprint == sha1);
    CHECK(put(h, {.type = authentication_type::self_signed}, {"e", ""}));
}

TEST_CASE("an identity of a certificate authority has neither keys nor thumbprints", "[registry]") {
    test::memory_hub h;
    const auto made = put(h, {.type = authentication_type::certificate_authority});
    REQUIRE(made);
    CHECK(made->authentication ==
          authentication{.type = authentication_type::certificate_authority});
}

TEST_CASE("type none is refused for a device and becomes sas for a module", "[registry]") {
    test::memory_hub h;
    CHECK(put(h, {.type = authentication_type::none}).error().code == errc::argument_invalid);
    h.create({"d", ""});
    const auto module = put(h, {.type = authentication_type::none}, {"d", "m"});
    REQUIRE(module);
    CHECK(module->authentication.type == authentication_type::sas);
    CHECK(module->authentication.primary_key.size() == 44);
}

} // namespace iothub::core
