#pragma once
// What can be asked of certificates that are already there. PEM text in; certificate_files decides
// by the answers what to keep, renew or refuse.

#include <optional>
#include <string>
#include <vector>

#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/net/certificates/certificate_and_key.hpp"

namespace iothub::net {

// An error that says which half of the pair is damaged, or that they do not belong together.
result<> check_pair(const certificate_and_key& pair);

// An error when no private key can be read from the text.
result<> check_private_key(const std::string& key_pem);

// When the first certificate of the text ends.
result<timestamp> expiry_of(const std::string& certificate_pem);

// Whether the server certificate speaks for all of `names`, and localhost, 127.0.0.1 and ::1.
result<bool> covers(const std::string& certificate_pem, const std::vector<std::string>& names);

// Whether the CA's key signed it.
result<bool> issued_by(const std::string& certificate_pem, const std::string& ca_pem);

// A sentence for the log when the server certificate is damaged, was issued by another CA, does not
// cover the names, or ends within 30 days; nothing when it can stay. With names that no certificate
// can hold it can stay, too: making one reports them.
std::optional<std::string> why_renewal_is_needed(const std::string& certificate_pem,
                                                 const std::string& ca_pem,
                                                 const std::vector<std::string>& names,
                                                 timestamp now);

} // namespace iothub::net
