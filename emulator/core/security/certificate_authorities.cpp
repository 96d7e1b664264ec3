#include "emulator/core/security/certificate_authorities.hpp"

#include "emulator/core/security/certificate_verifier.hpp"
#include "emulator/core/security/security_name.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view prefix = "certificate-authority/";

std::string setting_of(std::string_view name) {
    return std::string(prefix).append(name);
}

} // namespace

certificate_authorities::certificate_authorities(core::store& store,
                                                 const certificate_verifier& verifier)
    : store_(store)
    , verifier_(verifier) {}

result<bool> certificate_authorities::put(std::string_view name, std::string_view pem) {
    if (!is_security_name(name)) {
        return error{errc::argument_invalid,
                     "The name of a certificate authority is 1 to 64 characters of A-Z a-z 0-9 - "
                     "_ ."};
    }
    const auto certificate = verifier_.read_authority(pem);
    if (!certificate) {
        return error{errc::argument_invalid,
                     "The certificate cannot be used: " + log_text(certificate.error())};
    }
    const std::string setting = setting_of(name);
    const bool is_new = !store_.find_record(setting);
    if (is_new && store_.list_records(prefix).size() >= max_authorities) {
        return error{errc::quota_exceeded, "A hub has at most 25 certificate authorities"};
    }
    store_.put_record(setting, certificate->pem);
    return is_new;
}

result<> certificate_authorities::remove(std::string_view name) {
    const std::string setting = setting_of(name);
    if (!store_.find_record(setting)) {
        return error{errc::generic_not_found, "There is no certificate authority of that name"};
    }
    store_.remove_record(setting);
    return {};
}

void certificate_authorities::clear() {
    for (const auto& [setting, pem] : store_.list_records(prefix)) {
        store_.remove_record(setting);
    }
}

std::vector<certificate_authority> certificate_authorities::list() const {
    std::vector<certificate_authority> found;
    for (const auto& [setting, pem] : store_.list_records(prefix)) {
        auto certificate = verifier_.read_authority(pem);
        if (!certificate) {
            throw store_fault(setting + " cannot be read: " + log_text(certificate.error()));
        }
        found.push_back({setting.substr(prefix.size()), *std::move(certificate)});
    }
    return found;
}

std::vector<std::string> certificate_authorities::certificates() const {
    std::vector<std::string> found;
    for (auto& [setting, pem] : store_.list_records(prefix)) {
        found.push_back(std::move(pem));
    }
    return found;
}

} // namespace iothub::core
