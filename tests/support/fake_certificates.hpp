#pragma once
// Certificates that a test makes up: no bytes to parse and nothing to sign.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/security/certificate_verifier.hpp"

namespace iothub::test {

class fake_certificates final : public core::certificate_verifier {
public:
    // What the "DER" text of that name is to say.
    certificate_facts& operator[](const std::string& der) { return known_[der]; }

    // The "PEM" texts of authorities begin with "CA ".
    result<ca_certificate> read_authority(std::string_view pem) const override {
        if (!pem.starts_with("CA ")) {
            return error{errc::argument_invalid, "not a CA"};
        }
        ca_certificate read;
        read.pem = pem.substr(0, pem.find('\n'));
        read.facts.subject = "CN=" + read.pem;
        return read;
    }

    result<certificate_facts> describe(std::string_view der) const override {
        const auto found = known_.find(std::string(der));
        if (found == known_.end()) {
            return error{errc::argument_invalid, "damaged"};
        }
        return found->second;
    }

    // The last certificate names the authority that signed it: "… by CA one".
    result<> verify(std::span<const std::string> chain, std::span<const std::string> authorities,
                    timestamp) const override {
        for (const std::string& authority : authorities) {
            if (chain.back().ends_with(" by " + authority)) {
                return {};
            }
        }
        return error{errc::argument_invalid, "unknown issuer"};
    }

private:
    std::map<std::string, certificate_facts> known_;
};

} // namespace iothub::test
