// Devices and modules with tokens that a policy signed (service API §5.1).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/tokens.hpp"

namespace iothub::core {

namespace {

constexpr const char* later = "1795394839";
const identity_key device{"d1", ""};
const identity_key module{"d1", "m1"};

struct world : test::memory_hub {
    world() {
        create(device);
        create(module);
    }

    result<device_principal> present(const identity_key& key, const std::string& sr,
                                     const char* policy) const {
        const auto& signer = *hub.security().find_policy(policy);
        return hub.security().authenticate_device(
            key, {test::raw_token(sr, signer.secondary_key, later, policy), {}});
    }
};

} // namespace

TEST_CASE("a policy that may connect devices speaks for any device and module", "[security]") {
    world w;
    const std::string policy = GENERATE("device", "iothubowner");
    const std::string sr = GENERATE("hub", "hub%2Fdevices", "hub%2Fdevices%2Fd1");
    const auto who = w.present(device, sr, policy.c_str());
    REQUIRE(who);
    CHECK(who->auth_method.find(R"("scope":"hub")") != std::string::npos);
    CHECK(w.present(module, sr, policy.c_str()));
}

TEST_CASE("a policy's token covers whole segments of its resource only", "[security]") {
    world w;
    w.create({"d11", ""});
    CHECK(w.present({"d11", ""}, "hub%2Fdevices", "device"));
    CHECK_FALSE(w.present({"d11", ""}, "hub%2Fdevices%2Fd1", "device"));
    CHECK_FALSE(w.present(device, "hub%2Fdev", "device"));
    CHECK_FALSE(w.present(device, "hub%2Fdevices%2Fd", "device"));
    CHECK_FALSE(w.present(device, "hub%2Fdevices%2Fd1%2Fmodules%2Fm1", "device"));
    CHECK(w.present(module, "hub%2Fdevices%2Fd1%2Fmodules%2Fm1", "device"));
    CHECK(w.present(module, "hub%2Fdevices%2Fd1%2Fmodules", "device"));
}

TEST_CASE("a policy that may not connect devices is refused", "[security]") {
    world w;
    const std::string policy = GENERATE("service", "registryRead", "registryReadWrite");
    const auto refused = w.present(device, "hub", policy.c_str());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("does not permit") != std::string::npos);
}

TEST_CASE("a policy's token does not open what is missing or disabled", "[security]") {
    world w;
    CHECK(w.present({"d2", ""}, "hub", "device").error().detail.find("no such device") !=
          std::string::npos);
    REQUIRE(w.hub.identities().put({.key = device, .enabled = false}, precondition::anything()));
    CHECK(w.present(device, "hub", "device").error().detail.find("disabled") != std::string::npos);
    CHECK(w.present(module, "hub", "device").error().detail.find("disabled") != std::string::npos);
}

TEST_CASE("a device's own key cannot sign in the name of a policy", "[security]") {
    world w;
    const auto keys = w.hub.identities().get(device)->authentication;
    const auto refused = w.hub.security().authenticate_device(
        device, {test::raw_token("hub%2Fdevices%2Fd1", keys.primary_key, later, "device"), {}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("neither key of the policy") != std::string::npos);
}

TEST_CASE("a policy that does not exist cannot sign", "[security]") {
    world w;
    const auto& owner = *w.hub.security().find_policy("iothubowner");
    const std::string name = GENERATE("nobody", "Iothubowner", "iothubowner%20");
    CAPTURE(name);
    const auto refused = w.hub.security().authenticate_device(
        device, {test::raw_token("hub", owner.primary_key, later, name.c_str()), {}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("unknown policy") != std::string::npos);
}

} // namespace iothub::core
