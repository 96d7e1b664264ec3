#pragma once
// The certificates that devices and modules present (device protocol §1.2; reliability §1), and
// those of the authorities that vouch for them. Whose they are is decided by core/security, which
// reaches this by way of app/certificate_verifier. No function leaves an OpenSSL error behind.

#include <span>
#include <string>
#include <string_view>

#include "common/certificate_facts.hpp"
#include "common/result.hpp"

namespace iothub::net {

inline constexpr std::size_t longest_client_chain = 10;
inline constexpr std::size_t largest_client_certificate = 16 * 1024;

// Of one certificate in DER, with nothing behind it and at most largest_client_certificate bytes.
result<certificate_facts> describe_certificate(std::string_view der);

// Exactly one certificate in PEM that may sign others; what else the text holds is left out.
result<ca_certificate> read_ca_certificate(std::string_view pem);

// Whether `chain` (DER, the leaf first, then what was sent to vouch for it in any order) leads to
// one of the `authorities` (PEM), which need not sign themselves; whether every certificate of that
// path is valid at `at`, may be used for client authentication, and has a key and a signature of
// 112 bits of security at least. The error's message says what is wrong.
result<> verify_client_chain(std::span<const std::string> chain,
                             std::span<const std::string> authorities, timestamp at);

} // namespace iothub::net
