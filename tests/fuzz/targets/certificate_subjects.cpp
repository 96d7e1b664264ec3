#include "emulator/core/hub.hpp"
#include "emulator/net/certificates/client_certificate.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/device_world.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

// Reads certificates as the hub does, and takes every authority's signature for good.
class trusting final : public core::certificate_verifier {
public:
    result<certificate_facts> describe(std::string_view der) const override {
        return net::describe_certificate(der);
    }
    result<ca_certificate> read_authority(std::string_view pem) const override {
        return net::read_ca_certificate(pem);
    }
    result<> verify(std::span<const std::string>, std::span<const std::string>,
                    timestamp) const override {
        return {};
    }
};

struct judge {
    test::manual_clock clock{from_unix_seconds(1'800'000'000)};
    storage::memory_store store;
    trusting verifier;
    core::certificate_authorities authorities{store, verifier};
    core::certificate_authentication authentication{verifier, authorities, clock};
};

void check_facts(const certificate_facts& facts) {
    require(facts.sha1.size() == 40 && facts.sha256.size() == 64, "there are thumbprints");
    require(std::ranges::all_of(facts.subject, [](char c) { return c >= ' ' && c <= '~'; }),
            "the subject is one line of ASCII: " + facts.subject);
}

// Only who bears the identity's name, and no other, is the identity.
void check_bearer(const judge& by, const identity_key& key, const std::string& der) {
    core::identity id = test::make_identity(key);
    id.authentication.type = core::authentication_type::certificate_authority;
    const std::string chain[] = {der};
    if (!by.authentication.prove(id, chain)) {
        return;
    }
    const auto facts = net::describe_certificate(der);
    require(facts->common_names == std::vector<std::string>{key.text()} && facts->for_clients,
            "a certificate proves nothing but its name: " + facts->subject);
}

} // namespace

// A certificate in DER, or a text with certificates in PEM.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const judge by;
    const std::string input(text_of(bytes, size));
    if (const auto facts = net::describe_certificate(input)) {
        check_facts(*facts);
        for (const identity_key& key : {test::device, test::module}) {
            check_bearer(by, key, input);
        }
        const std::string chain[] = {input, input};
        net::verify_client_chain(chain, {}, by.clock.now());
    } else {
        require(is_one_line(facts.error().message), "a refusal is one line");
    }
    if (const auto authority = net::read_ca_certificate(input)) {
        check_facts(authority->facts);
        require(net::read_ca_certificate(authority->pem).has_value(),
                "what is kept of an authority is one");
    }
    return 0;
}
