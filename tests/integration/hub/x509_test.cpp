// Devices and modules that authenticate with certificates, over MQTT, as the C++ clients do it.

#include <iothub/device_client.hpp>

#include <mutex>
#include <string>
#include <vector>

#include "common/identity_key.hpp"
#include "emulator/net/certificates/client_certificate.hpp"
#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/client_certificates.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using net::certificate_and_key;
using test::wish_for;
using test::wish_for_ca;

namespace {

const identity_key device{"d", ""};
const identity_key module_of_it{"d", "m"};

timestamp now() {
    return std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
}

certificate_facts facts_of(const certificate_and_key& pair) {
    return net::describe_certificate(test::der_chain(pair.certificate_pem).front()).value();
}

authentication_mechanism known_by(const std::string& primary, const std::string& secondary = "") {
    authentication_mechanism how;
    how.type = authentication_type::self_signed;
    how.x509_thumbprint = {primary, secondary};
    return how;
}

authentication_mechanism by_authority() {
    authentication_mechanism how;
    how.type = authentication_type::certificate_authority;
    return how;
}

const certificate_and_key& root() {
    static const certificate_and_key only = test::self_signed(wish_for_ca("root", now()));
    return only;
}

// A hub that knows one authority, and what it logs.
class bench {
public:
    explicit bench(iothub::emulator_options options = {},
                   const certificate_and_key& authority = root())
        : hub(with(std::move(options), authority))
        , registry(test::registry_of(hub)) {}

    void create(const identity_key& key, const authentication_mechanism& how) {
        if (key.is_module()) {
            registry.add_device({.device_id = key.device_id});
            registry.add_module(
                {.device_id = key.device_id, .module_id = key.module_id, .authentication = how});
        } else {
            registry.add_device({.device_id = key.device_id, .authentication = how});
        }
    }

    // Whether the hub takes the certificate, or the key in `credential`, for that identity.
    bool admits(const identity_key& key, const certificate_and_key& shown,
                const std::string& credential = "x509=true") {
        try {
            return key.is_module() ? is_connected<module_client>(key, shown, credential)
                                   : is_connected<device_client>(key, shown, credential);
        } catch (const iothub::unauthorized&) {
            return false;
        }
    }

    bool logged(const std::string& words) {
        const std::lock_guard guard(mutex_);
        return std::ranges::any_of(
            lines_, [&](const std::string& line) { return line.find(words) != std::string::npos; });
    }

    std::string log() {
        const std::lock_guard guard(mutex_);
        std::string all;
        for (const std::string& line : lines_) {
            all += line + "\n";
        }
        return all;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> lines_;

public:
    iothub::emulator hub;
    iothub::registry_client registry;

private:
    iothub::emulator_options with(iothub::emulator_options options,
                                  const certificate_and_key& authority) {
        options.certificate_authorities.push_back(authority.certificate_pem);
        options.on_log = [this](std::string_view, std::string_view, std::string_view text) {
            const std::lock_guard guard(mutex_);
            lines_.emplace_back(text);
        };
        return options;
    }

    template <class Client>
    bool is_connected(const identity_key& key, const certificate_and_key& shown,
                      const std::string& credential) {
        auto options = test::trusting(hub);
        options.certificate_pem = shown.certificate_pem;
        options.private_key_pem = shown.key_pem;
        auto client = Client::create_from_connection_string(
            "HostName=localhost:" + std::to_string(hub.ports().mqtts) +
                ";DeviceId=" + key.device_id +
                (key.is_module() ? ";ModuleId=" + key.module_id : "") + ";" + credential,
            options);
        client.open();
        return key.is_module() ? registry.get_module(key.device_id, key.module_id).connected
                               : registry.get_device(key.device_id).connected;
    }
};

// The row of a table of refusals.
struct refusal {
    const char* name;
    identity_key who;
    authentication_mechanism registered;
    certificate_and_key shown;
    std::string logged;
};

void check(const refusal& row) {
    bench b;
    INFO(row.name);
    b.create(row.who, row.registered);
    CHECK_FALSE(b.admits(row.who, row.shown));
    INFO(b.log());
    CHECK(b.logged(row.logged));
}

certificate_and_key with_names(std::vector<std::string> names,
                               const certificate_and_key& authority = root()) {
    auto wish = wish_for("", now());
    wish.common_names = std::move(names);
    return test::signed_by(authority, wish);
}

} // namespace

TEST_CASE("a self-signed certificate is known by either thumbprint, by SHA-1 or SHA-256") {
    bench b;
    const identity_key who = GENERATE(as<identity_key>(), device, module_of_it);
    const bool sha1 = GENERATE(true, false);
    const bool primary = GENERATE(true, false);
    const auto shown = test::self_signed(wish_for(who.text(), now()));
    const std::string thumbprint = sha1 ? facts_of(shown).sha1 : facts_of(shown).sha256;
    const std::string other(40, '0');
    b.create(who, primary ? known_by(thumbprint, other) : known_by(other, thumbprint));
    CHECK(b.admits(who, shown));
    INFO(b.log());
}

TEST_CASE("a device may share a certificate that is known by its thumbprint with others") {
    bench b;
    const auto shown = test::self_signed(wish_for("all of them", now()));
    b.create({"d1", ""}, known_by(facts_of(shown).sha256));
    b.create({"d2", ""}, known_by(facts_of(shown).sha256));
    CHECK(b.admits({"d1", ""}, shown));
    CHECK(b.admits({"d2", ""}, shown));
}

TEST_CASE("a CA's certificate names its device or module") {
    bench b;
    const identity_key who = GENERATE(as<identity_key>(), device, module_of_it);
    b.create(who, by_authority());
    CHECK(b.admits(who, test::signed_by(root(), wish_for(who.text(), now()))));
    INFO(b.log());
}

TEST_CASE("a certificate leads to a CA through one that the client sends") {
    bench b;
    const identity_key who = GENERATE(as<identity_key>(), device, module_of_it);
    b.create(who, by_authority());
    const auto lower = test::signed_by(root(), wish_for_ca("lower", now()));
    auto shown = test::signed_by(lower, wish_for(who.text(), now()));
    CHECK_FALSE(b.admits(who, shown));
    CHECK(b.logged("unable to get local issuer certificate"));
    shown.certificate_pem += lower.certificate_pem;
    CHECK(b.admits(who, shown));
}

TEST_CASE("a certificate that the identity does not know is refused, and the log says why") {
    const auto own = test::self_signed(wish_for("d", now()));
    const auto stranger = test::self_signed(wish_for_ca("stranger", now()));
    auto expired = wish_for("d", now());
    expired.until = now() - std::chrono::minutes(1);
    auto too_early = wish_for("d", now());
    too_early.from = now() + std::chrono::hours(1);
    const auto early = test::self_signed(too_early);
    const auto late = test::self_signed(expired);
    auto for_servers = wish_for("d", now());
    for_servers.purpose = "serverAuth";
    const auto row = GENERATE_COPY(values<refusal>({
        {"another certificate of that name", device, known_by(facts_of(own).sha1),
         test::self_signed(wish_for("d", now())), "is neither of the identity's"},
        {"no thumbprint is known", device, known_by(""), own, "is neither of the identity's"},
        {"expired", device, known_by(facts_of(late).sha256), late, "expired at 20"},
        {"not yet valid", device, known_by(facts_of(early).sha256), early, "not valid before 20"},
        {"a module's without its name", module_of_it, known_by(facts_of(own).sha1), own,
         "(CN) is 'd', not 'd/m'"},
        {"signed by itself", device, by_authority(), own, "self-signed certificate"},
        {"an unknown CA", device, by_authority(), test::signed_by(stranger, wish_for("d", now())),
         "unable to get local issuer certificate"},
        {"expired, of the CA", device, by_authority(), test::signed_by(root(), expired),
         "expired at 20"},
        {"not yet valid, of the CA", device, by_authority(), test::signed_by(root(), too_early),
         "not valid before 20"},
        {"for servers", device, by_authority(), test::signed_by(root(), for_servers),
         "not for client authentication"},
        {"another device's", device, by_authority(), with_names({"e"}), "(CN) is 'e', not 'd'"},
        {"the device's own, for a module", module_of_it, by_authority(), with_names({"d"}),
         "(CN) is 'd', not 'd/m'"},
        {"another module's", module_of_it, by_authority(), with_names({"d/n"}),
         "(CN) is 'd/n', not 'd/m'"},
        {"a module's, for its device", device, by_authority(), with_names({"d/m"}),
         "(CN) is 'd/m', not 'd'"},
        {"a slash too many", device, by_authority(), with_names({"d/"}), "(CN) is 'd/'"},
        {"no name", device, by_authority(), with_names({}), "no common name"},
        {"two names", device, by_authority(), with_names({"d", "d"}), "more than one common name"},
        {"a NUL in the name", device, by_authority(), with_names({std::string("d\0x", 3)}),
         "holds a NUL"},
        {"an identity with keys",
         device,
         {},
         with_names({"d"}),
         "does not authenticate with certificates"},
    }));
    check(row);
}

TEST_CASE("an identity with a certificate is not admitted by a key") {
    bench b;
    const auto shown = with_names({"d"});
    b.create(device, GENERATE_COPY(by_authority(), known_by(facts_of(shown).sha1)));
    CHECK_FALSE(b.admits(device, shown, "SharedAccessKey=d3Jvbmcga2V5IG9mIGEgdGVzdA=="));
    CHECK(b.logged("does not authenticate with keys"));
}

TEST_CASE("a disabled device stays out with its certificate") {
    bench b;
    const auto shown = with_names({"d"});
    b.create(device, by_authority());
    CHECK(b.admits(device, shown));
    auto disabled = b.registry.get_device("d");
    disabled.enabled = false;
    b.registry.update_device(disabled);
    CHECK_FALSE(b.admits(device, shown));
    CHECK(b.logged("the device is disabled"));
}

TEST_CASE("a data folder keeps the authorities") {
    const test::temporary_folder folder;
    iothub::emulator_options options;
    options.data_dir = folder / "data";
    {
        bench first(options);
        first.create(device, by_authority());
    }
    const auto other = test::self_signed(wish_for_ca("other", now()));
    bench second(options, other);
    CHECK(second.admits(device, with_names({"d"}, other)));
    CHECK(second.admits(device, with_names({"d"}))); // as the first hub did
}

TEST_CASE("what is no authority's certificate is refused at the start") {
    iothub::emulator_options options;
    options.certificate_authorities = {test::self_signed(wish_for("d", now())).certificate_pem};
    CHECK_THROWS_WITH(iothub::emulator(options), Catch::Contains("may not sign others"));
}
