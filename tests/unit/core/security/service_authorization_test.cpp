// Back-end requests (service API §5.2).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/tokens.hpp"

namespace iothub::core {

namespace {

constexpr const char* later = "1795394839";
const std::vector<std::string> path{"devices", "d1"};

struct world : test::memory_hub {
    std::string token(const char* policy, const std::string& sr = "hub.example") const {
        return test::raw_token(sr, hub.security().find_policy(policy)->primary_key, later, policy);
    }

    result<const access_policy*> request(const std::string& authorization,
                                         permission needed = permission::registry_read) const {
        return hub.security().authorize_service(authorization, needed, path);
    }
};

void check_refused(const result<const access_policy*>& outcome, const std::string& rule) {
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == errc::unauthorized_access);
    CHECK(outcome.error().message == "Unauthorized access");
    CHECK(outcome.error().detail.find(rule) != std::string::npos);
}

} // namespace

TEST_CASE("a policy's token is accepted and names the policy", "[security]") {
    world w;
    const auto policy = w.request(w.token("registryRead"));
    REQUIRE(policy);
    CHECK((*policy)->name == "registryRead");
}

TEST_CASE("either key of a policy signs", "[security]") {
    world w;
    const auto& policy = *w.hub.security().find_policy("service");
    const bool primary = GENERATE(true, false);
    CHECK(w.request(test::raw_token("hub", primary ? policy.primary_key : policy.secondary_key,
                                    later, "service"),
                    permission::service_connect));
}

TEST_CASE("the text of either key signs as well: so do the SDKs of Event Hubs", "[security]") {
    world w;
    const auto& policy = *w.hub.security().find_policy("service");
    const bool primary = GENERATE(true, false);
    const std::string text = primary ? policy.primary_key : policy.secondary_key;
    CHECK(w.request(test::raw_token("sb%3A%2F%2Fhub", base64_encode(text), later, "service"),
                    permission::service_connect));
    check_refused(
        w.request(test::raw_token("sb%3A%2F%2Fhub", base64_encode(text + "="), later, "service"),
                  permission::service_connect),
        "by neither key");
}

TEST_CASE("every policy may do what it grants and nothing else", "[security]") {
    world w;
    using enum permission;
    const auto [name, granted] = GENERATE(table<std::string, unsigned>({
        {"iothubowner", 15U},
        {"service", 4U},
        {"device", 8U},
        {"registryRead", 1U},
        {"registryReadWrite", 3U},
    }));
    for (const permission needed :
         {registry_read, registry_write, service_connect, device_connect}) {
        const auto outcome = w.request(w.token(name.c_str()), needed);
        if ((granted & static_cast<unsigned>(needed)) != 0) {
            CHECK(outcome);
        } else {
            check_refused(outcome, "does not permit");
        }
    }
}

TEST_CASE("a request without Authorization is told so, with its own code", "[security]") {
    world w;
    for (const auto& header :
         {std::optional<std::string_view>{}, std::optional<std::string_view>{""}}) {
        const auto refused =
            w.hub.security().authorize_service(header, permission::registry_read, path);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::unauthorized);
    }
}

TEST_CASE("a token covers what lies under its resource, by segments", "[security]") {
    world w;
    const std::string sr =
        GENERATE("hub.example", "HUB.example:443", "https%3A%2F%2Fhub.example", "hub.example%2F",
                 "hub.example%2fdevices", "hub.example/devices/d1");
    CAPTURE(sr);
    CHECK(w.request(w.token("registryRead", sr)));
}

TEST_CASE("a token for something beside or below the resource is refused", "[security]") {
    world w;
    const std::string sr =
        GENERATE("hub%2Fdevices%2Fd", "hub%2Fdevices%2Fd11", "hub%2Ftwins", "hub%2Fdevice",
                 "hub%2Fdevices%2Fd1%2Fmodules", "hub%2Fdevices%2F..", "hub%2F..%2Fdevices");
    CAPTURE(sr);
    check_refused(w.request(w.token("registryRead", sr)), "another resource");
}

TEST_CASE("a token ends at its expiry for a back end too", "[security]") {
    world w;
    w.clock.set(from_unix_seconds(1'795'394'839));
    check_refused(w.request(w.token("registryRead")), "expired");
}

TEST_CASE("a token that names no policy, or an unknown one, is refused", "[security]") {
    world w;
    const auto& owner = *w.hub.security().find_policy("iothubowner");
    check_refused(w.request(test::raw_token("hub", owner.primary_key, later)), "names no policy");
    check_refused(w.request(test::raw_token("hub", owner.primary_key, later, "")),
                  "names no policy");
    check_refused(w.request(test::raw_token("hub", owner.primary_key, later, "nobody")),
                  "unknown policy");
}

TEST_CASE("a policy's token by the key of another policy is refused", "[security]") {
    world w;
    const auto& device = *w.hub.security().find_policy("device");
    check_refused(w.request(test::raw_token("hub", device.primary_key, later, "iothubowner")),
                  "neither key of the policy");
}

TEST_CASE("a device's own token is not one of a back end", "[security]") {
    world w;
    const identity device = w.create({"d1", ""});
    check_refused(
        w.request(test::raw_token("hub%2Fdevices%2Fd1", device.authentication.primary_key, later)),
        "a device's token cannot be used here");
}

TEST_CASE("a refusal of a back end holds neither key nor signature", "[security]") {
    world w;
    const auto& service = *w.hub.security().find_policy("service");
    const std::string token =
        test::raw_token("hub", service.primary_key, later, GENERATE("service", "device", "nobody"));
    const auto refused = w.request(token);
    REQUIRE_FALSE(refused);
    const std::size_t sig = token.find("sig=") + 4;
    CHECK(refused.error().detail.find(token.substr(sig, 16)) == std::string::npos);
    CHECK(refused.error().detail.find(service.primary_key) == std::string::npos);
}

} // namespace iothub::core
