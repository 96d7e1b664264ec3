// Devices and modules with tokens of their own keys (device protocol §1.5).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/tokens.hpp"

namespace iothub::core {

namespace {

constexpr const char* later = "1795394839";

struct world : test::memory_hub {
    identity device = create({"d1", ""});
    identity module = create({"d1", "m1"});

    result<device_principal> present(const identity_key& key, const std::string& token) const {
        return hub.security().authenticate_device(key, {token, {}});
    }
};

// The peer learns nothing, the log learns the rule, nobody learns the key.
void check_refused(const result<device_principal>& outcome, const std::string& rule,
                   const std::string& token) {
    REQUIRE_FALSE(outcome);
    const error& e = outcome.error();
    CHECK(e.code == errc::unauthorized_access);
    CHECK(e.message == "Unauthorized access");
    CHECK(e.detail.find(rule) != std::string::npos);
    const std::size_t sig = token.find("sig=") + 4;
    CHECK(e.detail.find(token.substr(sig, 16)) == std::string::npos);
}

} // namespace

TEST_CASE("a device proves itself with either of its keys", "[security]") {
    world w;
    const bool primary = GENERATE(true, false);
    const auto& auth = w.device.authentication;
    const auto who = w.present(
        w.device.key, test::raw_token("hub%2Fdevices%2Fd1",
                                      primary ? auth.primary_key : auth.secondary_key, later));
    REQUIRE(who);
    CHECK(who->key == w.device.key);
    CHECK(who->generation_id == w.device.generation_id);
    CHECK(who->expiry == from_unix_seconds(1'795'394'839));
    CHECK(who->auth_method ==
          R"({"scope":"device","type":"sas","issuer":"iothub","acceptingIpFilterRule":null})");
}

TEST_CASE("a module proves itself with its own key", "[security]") {
    world w;
    const auto who =
        w.present(w.module.key, test::raw_token("hub/devices/d1/modules/m1",
                                                w.module.authentication.secondary_key, later));
    REQUIRE(who);
    CHECK(who->key == w.module.key);
    CHECK(who->auth_method.find(R"("scope":"module")") != std::string::npos);
}

TEST_CASE("a token is taken in the spelling of every SDK", "[security]") {
    world w;
    const std::string sr =
        GENERATE("localhost%3A18883%2Fdevices%2Fd1", "127.0.0.7/devices/d1",
                 "gateway.example%2fdevices%2fd1", "https%3A%2F%2Fhub%2Fdevices%2Fd1");
    const bool empty_skn = GENERATE(true, false);
    CHECK(w.present(w.device.key, test::raw_token(sr, w.device.authentication.primary_key, later,
                                                  empty_skn ? "" : nullptr)));
}

TEST_CASE("an id that .NET has encoded twice is understood", "[security]") {
    world w;
    const identity odd = w.create({"d:1+(x)@y", ""});
    const std::string sr = GENERATE("hub%2Fdevices%2Fd%253A1%252B%2528x%2529%2540y",
                                    "hub%2Fdevices%2Fd%3A1%2B%28x%29%40y", "hub/devices/d:1+(x)@y");
    CAPTURE(sr);
    CHECK(w.present(odd.key, test::raw_token(sr, odd.authentication.primary_key, later)));
}

TEST_CASE("an id that holds a percent sign is understood however often it was encoded",
          "[security]") {
    world w;
    const identity odd = w.create({"a%41", ""});
    const std::string sr =
        GENERATE("hub%2Fdevices%2Fa%2541", "hub%2Fdevices%2Fa%252541", "hub/devices/a%2541");
    CAPTURE(sr);
    CHECK(w.present(odd.key, test::raw_token(sr, odd.authentication.primary_key, later)));
}

TEST_CASE("a token by another key is refused", "[security]") {
    world w;
    const std::string key =
        GENERATE(true, false) ? w.module.authentication.primary_key : "MDEyMzQ1Njc4OTAxMjM0NQ==";
    const auto token = test::raw_token("hub%2Fdevices%2Fd1", key, later);
    check_refused(w.present(w.device.key, token), "neither key of the identity", token);
}

TEST_CASE("a token for another resource is refused", "[security]") {
    world w;
    const std::string sr =
        GENERATE("hub%2Fdevices%2Fd2", "hub%2Fdevices%2Fd1%2Fmodules%2Fm1", "hub", "hub%2Fdevices",
                 "hub%2Fdevices%2FD1", "hub%2FDevices2%2Fd1", "hub%2Fdevices%2Fd1%2F..",
                 "hub%2Fdevices%2Fd2%2F..%2Fd1", "");
    const auto token = test::raw_token(sr, w.device.authentication.primary_key, later);
    CAPTURE(sr);
    check_refused(w.present(w.device.key, token), "another resource", token);
}

TEST_CASE("a device's token does not open its module, nor a module's its device", "[security]") {
    world w;
    const auto device_token =
        test::raw_token("hub%2Fdevices%2Fd1", w.device.authentication.primary_key, later);
    check_refused(w.present(w.module.key, device_token), "another resource", device_token);
    const auto by_device_key = test::raw_token("hub%2Fdevices%2Fd1%2Fmodules%2Fm1",
                                               w.device.authentication.primary_key, later);
    check_refused(w.present(w.module.key, by_device_key), "neither key", by_device_key);
    const auto module_token = test::raw_token("hub%2Fdevices%2Fd1%2Fmodules%2Fm1",
                                              w.module.authentication.primary_key, later);
    check_refused(w.present(w.device.key, module_token), "another resource", module_token);
}

TEST_CASE("a token ends at its expiry", "[security]") {
    world w;
    const auto token =
        test::raw_token("hub%2Fdevices%2Fd1", w.device.authentication.primary_key, later);
    w.clock.set(from_unix_seconds(1'795'394'839) - ticks{1});
    CHECK(w.present(w.device.key, token));
    w.clock.set(from_unix_seconds(1'795'394'839));
    check_refused(w.present(w.device.key, token), "expired at 2026-11-23T00:47:19Z", token);
}

TEST_CASE("a disabled device and its modules are refused", "[security]") {
    world w;
    REQUIRE(w.hub.identities().put(
        {.key = w.device.key,
         .enabled = false,
         .authentication = {.primary_key = w.device.authentication.primary_key,
                            .secondary_key = w.device.authentication.secondary_key}},
        precondition::anything()));
    const auto token =
        test::raw_token("hub%2Fdevices%2Fd1", w.device.authentication.primary_key, later);
    check_refused(w.present(w.device.key, token), "disabled", token);
    const auto module_token = test::raw_token("hub%2Fdevices%2Fd1%2Fmodules%2Fm1",
                                              w.module.authentication.primary_key, later);
    check_refused(w.present(w.module.key, module_token), "disabled", module_token);
}

TEST_CASE("an identity that does not exist is refused with the words of a bad key", "[security]") {
    world w;
    const auto token =
        test::raw_token("hub%2Fdevices%2Fd2", w.device.authentication.primary_key, later);
    check_refused(w.present({"d2", ""}, token), "no such device", token);
    check_refused(w.present({"d1", "m2"}, token), "no such module", token);
}

TEST_CASE("an identity that has certificates cannot use keys", "[security]") {
    world w;
    REQUIRE(w.hub.identities().put(
        {.key = {"x", ""}, .authentication = {.type = authentication_type::self_signed}}, {}));
    const auto token =
        test::raw_token("hub%2Fdevices%2Fx", w.device.authentication.primary_key, later);
    check_refused(w.present({"x", ""}, token), "does not authenticate with keys", token);
}

TEST_CASE("what is no token is refused", "[security]") {
    world w;
    const std::string text = GENERATE("", "password", "Bearer eyJ0", "SharedAccessSignature sr=h");
    const auto outcome = w.present(w.device.key, text);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == errc::unauthorized_access);
    CHECK(outcome.error().message == "Unauthorized access");
}

TEST_CASE("the old keys of an updated identity are worthless", "[security]") {
    world w;
    const auto token =
        test::raw_token("hub%2Fdevices%2Fd1", w.device.authentication.primary_key, later);
    REQUIRE(w.present(w.device.key, token));
    REQUIRE(w.hub.identities().put({.key = w.device.key}, precondition::anything()));
    check_refused(w.present(w.device.key, token), "neither key", token);
}

} // namespace iothub::core
