#pragma once
// What the peer of one connection has proved (device protocol §2.3; service API §7.1): tokens put
// by CBS or SASL PLAIN, of devices, modules and policies, and the certificate of its TLS. What it
// may do is asked anew each time a link is attached, and when a token ends.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/deadlines.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::amqp {

class credentials {
public:
    static constexpr std::size_t max_tokens = 2'000;

    credentials(core::hub& hub, const net::peer& peer)
        : hub_(hub)
        , peer_(peer) {}

    // A token counts from now on, in place of an older one for the same resource. The device or
    // module it is of; nothing where a policy has signed it. unauthorized_access (and what else the
    // authenticator says), service_unavailable, quota_exceeded (too many tokens).
    result<std::optional<core::device_principal>> put(std::string_view token);

    // Whether the peer speaks for a device or module: by its token, by a policy's, or by its
    // certificate.
    result<core::device_principal> device(const identity_key& key) const;

    // Whether a back end may do that: unauthorized_access where no token allows it.
    result<> back_end(core::permission needed, const std::vector<std::string>& path) const;

    // Likewise, for anything at all.
    result<> back_end_anywhere(core::permission needed) const;

    // Whether any token was put.
    bool any() const { return !own_.empty() || !of_policies_.empty(); }

    // When the next token ends, and the forgetting of those that have.
    timestamp next_expiry() const { return ends_.next().value_or(timestamp::max()); }
    void drop_expired();

private:
    struct entry {
        std::string text;
        timestamp expiry;
        std::vector<std::string> scope = {}; // of a policy's
    };

    result<> put_of_policy(std::string name, entry token, const std::vector<std::string>& path);
    result<core::device_principal> put_own(entry token, const std::vector<std::string>& path);
    template <class Ask>
    result<> ask_policies(Ask ask) const;
    bool full() const { return own_.size() + of_policies_.size() >= max_tokens; }

    core::hub& hub_;
    const net::peer& peer_;
    std::map<identity_key, entry> own_;                             // of devices and modules
    std::map<std::string, entry> of_policies_;                      // by policy and resource
    core::deadlines<std::variant<identity_key, std::string>> ends_; // of all of them
};

} // namespace iothub::amqp
