#include "emulator/core/security/access_policy.hpp"

#include <set>

#include "common/base64.hpp"
#include "support/catch.hpp"

namespace iothub::core {

TEST_CASE("every new hub has the five policies with the hub's permissions", "[security]") {
    using enum permission;
    const auto policies = published_policies();
    REQUIRE(policies.size() == 5);
    const auto [index, name, permissions] = GENERATE(table<std::size_t, std::string, unsigned>({
        {0, "iothubowner", registry_read | registry_write | service_connect | device_connect},
        {1, "service", static_cast<unsigned>(service_connect)},
        {2, "device", static_cast<unsigned>(device_connect)},
        {3, "registryRead", static_cast<unsigned>(registry_read)},
        {4, "registryReadWrite", registry_read | registry_write},
    }));
    CHECK(policies[index].name == name);
    CHECK(policies[index].permissions == permissions);
}

TEST_CASE("a policy grants what it lists and nothing else", "[security]") {
    const access_policy policy{"p", "", "", permission::registry_read | permission::device_connect};
    CHECK(policy.grants(permission::registry_read));
    CHECK(policy.grants(permission::device_connect));
    CHECK_FALSE(policy.grants(permission::registry_write));
    CHECK_FALSE(policy.grants(permission::service_connect));
}

TEST_CASE("the published keys are ten different ones of 32 bytes", "[security]") {
    std::set<std::string> keys;
    for (const access_policy& policy : published_policies()) {
        for (const std::string& key : {policy.primary_key, policy.secondary_key}) {
            REQUIRE(base64_decode(key));
            CHECK(base64_decode(key)->size() == 32);
            keys.insert(key);
        }
    }
    CHECK(keys.size() == 10);
}

} // namespace iothub::core
