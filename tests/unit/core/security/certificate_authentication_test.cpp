// Devices and modules with certificates (device protocol §1.2, reliability §1).
#include <algorithm>

#include "support/catch.hpp"
#include "support/fake_certificates.hpp"
#include "support/memory_hub.hpp"
#include "support/tokens.hpp"

namespace iothub::core {

namespace {

const std::string sha1 = "00112233445566778899AABBCCDDEEFF00112233";
const std::string sha256 = sha1 + "445566778899AABBCCDDEEFF";
const std::string other = std::string(40, 'E');
const identity_key device{"d1", ""};
const identity_key module{"d1", "m1"};

struct world {
    test::manual_clock clock;
    test::fixed_ids ids;
    test::recording_log log;
    storage::memory_store store;
    test::fake_certificates certificates;
    core::hub hub{store, clock, ids, log, settings()};

    world() {
        put(device, {.type = authentication_type::sas});
        certificates["leaf by CA one"] = facts("d1");
        REQUIRE(hub.authorities().put("one", "CA one"));
    }

    hub_settings settings() {
        hub_settings wanted;
        wanted.certificates = &certificates;
        return wanted;
    }

    certificate_facts facts(const std::string& common_name) {
        return {"CN=" + common_name,
                {common_name},
                sha1,
                sha256,
                clock.now() - std::chrono::hours(1),
                clock.now() + std::chrono::hours(1),
                true};
    }

    void put(const identity_key& key, const authentication_request& how, bool enabled = true) {
        const bool known = hub.identities().get(key).has_value();
        REQUIRE(hub.identities().put({.key = key, .enabled = enabled, .authentication = how},
                                     known ? precondition::anything() : precondition{}));
    }

    result<device_principal> present(const identity_key& key,
                                     const std::vector<std::string>& chain = {"leaf by CA one"}) {
        return hub.security().authenticate_device(key, {{}, chain});
    }
};

authentication_request thumbprints(std::optional<std::string> primary,
                                   std::optional<std::string> secondary = {}) {
    return {.type = authentication_type::self_signed,
            .primary_thumbprint = std::move(primary),
            .secondary_thumbprint = std::move(secondary)};
}

const authentication_request by_authority{.type = authentication_type::certificate_authority};

void check_refused(const result<device_principal>& outcome, const std::string& rule) {
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == errc::unauthorized_access);
    CHECK(outcome.error().message == "Unauthorized access");
    CHECK_THAT(outcome.error().detail, Catch::Contains(rule));
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return std::tolower(c); });
    return text;
}

} // namespace

TEST_CASE("a device is known by either thumbprint, by SHA-1 or SHA-256", "[security]") {
    world w;
    const std::string known = GENERATE(as<std::string>(), sha1, sha256, lower(sha1), lower(sha256));
    const bool primary = GENERATE(true, false);
    w.put(device, primary ? thumbprints(known, other) : thumbprints(other, known));
    const auto who = w.present(device);
    REQUIRE(who);
    CHECK(who->key == device);
    CHECK(who->generation_id == w.hub.identities().get(device)->generation_id);
    CHECK(who->expiry == w.clock.now() + std::chrono::hours(1));
    CHECK(who->auth_method ==
          R"({"scope":"device","type":"x509","issuer":"iothub","acceptingIpFilterRule":null})");
}

TEST_CASE("a device that is known by its thumbprint may call itself anything", "[security]") {
    world w;
    w.put(device, thumbprints(sha1));
    w.certificates["leaf by CA one"].common_names =
        GENERATE(std::vector<std::string>{}, std::vector<std::string>{"x"},
                 std::vector<std::string>{"", ""});
    CHECK(w.present(device));
}

TEST_CASE("a module's certificate bears its name, by whatever it is known", "[security]") {
    world w;
    const bool self_signed = GENERATE(true, false);
    w.put(module, self_signed ? thumbprints(sha256) : by_authority);
    check_refused(w.present(module), "common name (CN) is 'd1', not 'd1/m1'");
    w.certificates["leaf by CA one"] = w.facts("d1/m1");
    const auto who = w.present(module);
    REQUIRE(who);
    CHECK(who->auth_method ==
          R"({"scope":"module","type":"x509","issuer":"iothub","acceptingIpFilterRule":null})");
}

TEST_CASE("another thumbprint, or none that is known, is refused", "[security]") {
    world w;
    w.put(device, GENERATE(thumbprints(other, other), thumbprints(std::nullopt)));
    check_refused(w.present(device), "thumbprint, " + sha1 + " (SHA-1) or " + sha256);
}

TEST_CASE("a CA's word counts for the identity that the certificate names", "[security]") {
    world w;
    w.put(device, by_authority);
    CHECK(w.present(device));
    w.certificates["leaf"] = w.facts("d1");
    CHECK(w.present(device, {"leaf", "intermediate by CA one"}));
}

TEST_CASE("common names that are not exactly the id are refused", "[security]") {
    world w;
    w.put(device, by_authority);
    const auto [name, rule] = GENERATE(table<std::string, std::string>({
        {"", "CN) is ''"},
        {"d2", "CN) is 'd2'"},
        {"D1", "CN) is 'D1'"},
        {"d1/", "CN) is 'd1/'"},
        {"/d1", "CN) is '/d1'"},
        {"d1/m1", "CN) is 'd1/m1', not 'd1'"},
        {" d1", "CN) is ' d1'"},
        {"d1\n", "CN) is 'd1?'"},
        {std::string("d1\0", 3), "holds a NUL"},
        {std::string("d1\0.example", 11), "holds a NUL"},
        {std::string(1000, 'x'), "CN) is '" + std::string(300, 'x') + "'"},
    }));
    w.certificates["leaf by CA one"].common_names = {name};
    check_refused(w.present(device), rule);
}

TEST_CASE("a subject has one common name", "[security]") {
    world w;
    w.put(device, by_authority);
    w.certificates["leaf by CA one"].common_names = {};
    check_refused(w.present(device), "no common name");
    w.certificates["leaf by CA one"].common_names = {"d1", "d1"};
    check_refused(w.present(device), "more than one common name");
}

TEST_CASE("a CA that the hub does not know is refused", "[security]") {
    world w;
    w.put(device, by_authority);
    w.certificates["leaf by CA two"] = w.facts("d1");
    check_refused(w.present(device, {"leaf by CA two"}),
                  "no certificate authority of the hub: unknown");
    REQUIRE(w.hub.authorities().remove("one"));
    check_refused(w.present(device), "the hub has no certificate authority");
}

TEST_CASE("a certificate for servers is refused where a CA vouches for it", "[security]") {
    world w;
    w.certificates["leaf by CA one"].for_clients = false;
    w.put(device, by_authority);
    check_refused(w.present(device), "not for client authentication");
    w.put(device, thumbprints(sha1));
    CHECK(w.present(device));
}

TEST_CASE("a certificate counts between its two dates", "[security]") {
    world w;
    w.put(device, GENERATE(as<authentication_request>(), by_authority, thumbprints(sha1)));
    const certificate_facts leaf = w.certificates["leaf by CA one"];
    w.clock.set(leaf.not_before);
    CHECK(w.present(device));
    w.clock.set(leaf.not_before - ticks{1});
    check_refused(w.present(device), "not valid before 2026-01-02T02:04:05Z");
    w.clock.set(leaf.not_after);
    CHECK(w.present(device));
    w.clock.set(leaf.not_after + ticks{1});
    check_refused(w.present(device), "expired at 2026-01-02T04:04:05Z");
}

TEST_CASE("what cannot be read is refused", "[security]") {
    world w;
    w.put(device, thumbprints(sha1));
    check_refused(w.present(device, {"rubbish"}), "cannot be read: damaged");
}

TEST_CASE("an identity with keys cannot use a certificate", "[security]") {
    world w;
    check_refused(w.present(device), "does not authenticate with certificates");
    REQUIRE(w.hub.identities().put({.key = module}, {}));
    check_refused(w.present(module), "does not authenticate with certificates");
}

TEST_CASE("an identity with certificates cannot use keys, whatever it shows beside", "[security]") {
    world w;
    w.put(device, thumbprints(sha1));
    const auto token =
        test::raw_token("hub%2Fdevices%2Fd1", "MDEyMzQ1Njc4OTAxMjM0NQ==", "1795394839");
    const std::vector<std::string> chain{"leaf by CA one"};
    check_refused(w.hub.security().authenticate_device(device, {token, chain}),
                  "does not authenticate with keys");
}

TEST_CASE("nothing at all is refused", "[security]") {
    world w;
    check_refused(w.present(device, {}), "neither a token nor a certificate");
}

TEST_CASE("a good certificate opens nothing that is missing or disabled", "[security]") {
    world w;
    check_refused(w.present({"d2", ""}), "no such device");
    check_refused(w.present(module), "no such module");
    w.put(device, thumbprints(sha1), false);
    check_refused(w.present(device), "disabled");
}

TEST_CASE("a hub that was given no verifier takes no certificate", "[security]") {
    test::memory_hub plain;
    REQUIRE(plain.hub.identities().put(
        {.key = device, .authentication = GENERATE(thumbprints(sha1), by_authority)}, {}));
    const std::vector<std::string> chain{"leaf by CA one"};
    check_refused(plain.hub.security().authenticate_device(device, {{}, chain}), "cannot be read");
    CHECK_FALSE(plain.hub.authorities().put("one", "CA one"));
}

} // namespace iothub::core
