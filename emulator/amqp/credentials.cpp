#include "emulator/amqp/credentials.hpp"

#include <algorithm>
#include <utility>

#include "common/percent_encoding.hpp"
#include "common/sas_token.hpp"
#include "emulator/amqp/with_store.hpp"
#include "emulator/core/security/bearer_token.hpp"
#include "emulator/core/security/refusal.hpp"

namespace iothub::amqp {

namespace {

// Who a token's resource names: "devices/d" or "devices/d/modules/m". .NET encodes ids twice, so
// that one that was decoded once may be encoded still.
std::vector<identity_key> identities_in(const std::vector<std::string>& path) {
    const bool of_module = path.size() == 4 && path[2] == "modules";
    if ((path.size() != 2 && !of_module) || path[0] != "devices") {
        return {};
    }
    const std::string module = of_module ? path[3] : std::string();
    const identity_key once{path[1], module};
    const identity_key twice{percent_decode_leniently(path[1]), percent_decode_leniently(module)};
    return once == twice ? std::vector{once} : std::vector{once, twice};
}

std::string name_of(const sas_token& token) {
    std::string name = token.policy_name;
    for (const std::string& segment : token.path()) {
        name.append("\n").append(segment);
    }
    return name;
}

// Policies differ in what they permit; a token is good where it permits anything.
result<> check_policy(const core::authenticator& security, std::string_view token,
                      const std::vector<std::string>& path) {
    using enum core::permission;
    result<> last = core::refused("the policy permits nothing");
    for (const core::permission one : {service_connect, device_connect, registry_read}) {
        const auto checked = security.authorize_service(token, one, path);
        if (checked) {
            return {};
        }
        last = checked.error();
    }
    return last;
}

error too_many_tokens() {
    return {errc::quota_exceeded, "Too many tokens on one connection."};
}

constexpr auto bearer_life = std::chrono::hours(24); // its own end is checked at each use

} // namespace

result<std::optional<core::device_principal>> credentials::put(std::string_view token) {
    const timestamp now = hub_.time().now();
    if (core::bearer_token_in(token)) {
        const auto put = put_of_policy("(bearer)", {std::string(token), now + bearer_life}, {});
        return put ? result<std::optional<core::device_principal>>(std::nullopt) : put.error();
    }
    const auto parsed = sas_token::parse(token);
    if (!parsed) {
        return parsed.error();
    }
    entry one{std::string(token), parsed->expiry};
    if (parsed->policy_name.empty()) {
        const auto who = put_own(std::move(one), parsed->path());
        return who ? result<std::optional<core::device_principal>>(*who) : who.error();
    }
    const auto put = put_of_policy(name_of(*parsed), std::move(one), parsed->path());
    return put ? result<std::optional<core::device_principal>>(std::nullopt) : put.error();
}

result<> credentials::put_of_policy(std::string name, entry token,
                                    const std::vector<std::string>& path) {
    const auto checked = check_policy(hub_.security(), token.text, path);
    if (checked && full() && !of_policies_.contains(name)) {
        return too_many_tokens();
    }
    if (checked) {
        token.scope = path;
        ends_.set(name, token.expiry);
        of_policies_[std::move(name)] = std::move(token);
    }
    return checked;
}

result<core::device_principal> credentials::put_own(entry token,
                                                    const std::vector<std::string>& path) {
    result<core::device_principal> who =
        core::refused("the SAS token is of no device or module, and names no policy (skn)");
    const auto named = identities_in(path);
    for (const identity_key& key : named) {
        who = with_store(
            hub_, [&] { return hub_.security().authenticate_device(key, {token.text, {}}); });
        if (who && full() && !own_.contains(key)) {
            return too_many_tokens();
        }
        if (who) {
            ends_.set(key, token.expiry);
            own_[key] = std::move(token);
            return who;
        }
    }
    if (!named.empty()) {
        hub_.sessions().refused(named.back(), log_text(who.error()));
    }
    return who;
}

result<core::device_principal> credentials::device(const identity_key& key) const {
    return with_store(hub_, [&]() -> result<core::device_principal> {
        const auto own = own_.find(key);
        if (own != own_.end() && own->second.expiry > hub_.time().now()) {
            return hub_.security().authenticate_device(key, {own->second.text, {}});
        }
        auto who = hub_.security().authenticate_device(key, {std::nullopt, peer_.certificates});
        for (auto one = of_policies_.begin(); !who && one != of_policies_.end(); ++one) {
            who = hub_.security().authenticate_device(key, {one->second.text, {}});
        }
        return who;
    });
}

// Whether one of them is enough.
template <class Ask>
result<> credentials::ask_policies(Ask ask) const {
    result<> last = core::refused("the connection has put no token of a policy");
    for (const auto& [name, one] : of_policies_) {
        const auto allowed = ask(one);
        if (allowed) {
            return {};
        }
        last = allowed.error();
    }
    return last;
}

result<> credentials::back_end(core::permission needed,
                               const std::vector<std::string>& path) const {
    return ask_policies([&](const entry& one) {
        return hub_.security().authorize_service(one.text, needed, path);
    });
}

result<> credentials::back_end_anywhere(core::permission needed) const {
    return ask_policies([&](const entry& one) {
        return hub_.security().authorize_service(one.text, needed, one.scope);
    });
}

void credentials::drop_expired() {
    while (const auto ended = ends_.due(hub_.time().now())) {
        if (const auto* key = std::get_if<identity_key>(&*ended)) {
            own_.erase(*key);
        } else {
            of_policies_.erase(std::get<std::string>(*ended));
        }
        ends_.erase(*ended);
    }
}

} // namespace iothub::amqp
