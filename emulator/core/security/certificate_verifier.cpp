#include "emulator/core/security/certificate_verifier.hpp"

namespace iothub::core {

namespace {

class refusing_verifier final : public certificate_verifier {
public:
    result<certificate_facts> describe(std::string_view) const override { return unreadable(); }
    result<ca_certificate> read_authority(std::string_view) const override { return unreadable(); }
    result<> verify(std::span<const std::string>, std::span<const std::string>,
                    timestamp) const override {
        return unreadable();
    }

private:
    static error unreadable() { return {errc::argument_invalid, "this hub reads no certificates"}; }
};

} // namespace

const certificate_verifier& no_certificates() {
    static const refusing_verifier only;
    return only;
}

} // namespace iothub::core
