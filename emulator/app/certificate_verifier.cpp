#include "emulator/app/certificate_verifier.hpp"

#include "emulator/net/certificates/client_certificate.hpp"

namespace iothub::app {

namespace {

class openssl_verifier final : public core::certificate_verifier {
public:
    result<certificate_facts> describe(std::string_view der) const override {
        return net::describe_certificate(der);
    }
    result<ca_certificate> read_authority(std::string_view pem) const override {
        return net::read_ca_certificate(pem);
    }
    result<> verify(std::span<const std::string> chain, std::span<const std::string> authorities,
                    timestamp now) const override {
        return net::verify_client_chain(chain, authorities, now);
    }
};

} // namespace

const core::certificate_verifier& openssl_certificates() {
    static const openssl_verifier only;
    return only;
}

} // namespace iothub::app
