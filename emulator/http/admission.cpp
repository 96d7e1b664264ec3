#include "emulator/http/admission.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "emulator/core/hub.hpp"
#include "emulator/core/registry/identity_request.hpp"
#include "emulator/http/api_version.hpp"

namespace iothub::http {

namespace {

constexpr std::string_view edge_module_field = "x-ms-edge-moduleId";

result<std::optional<std::string_view>> authorization_of(const call& c) {
    const auto& headers = c.asked().headers;
    if (headers.count("Authorization") > 1) {
        return error{errc::unauthorized_access, "Unauthorized access",
                     "there are two Authorization fields"};
    }
    const std::string* value = headers.find("Authorization");
    return value == nullptr ? std::nullopt : std::optional<std::string_view>(*value);
}

result<> authorize_back_end(call& c, core::permission needed) {
    const auto authorization = authorization_of(c);
    if (!authorization) {
        return authorization.error();
    }
    const auto policy = c.hub().security().authorize_service(*authorization, needed, c.target.path);
    return policy ? result<>() : policy.error();
}

result<> authenticate(call& c, const identity_key& key) {
    const auto authorization = authorization_of(c);
    if (!authorization) {
        return authorization.error();
    }
    auto sender =
        c.hub().security().authenticate_device(key, {*authorization, c.peer().certificates});
    if (!sender) {
        c.hub().sessions().refused(key, log_text(sender.error()));
        return sender.error();
    }
    c.hub().sessions().touch(key);
    c.sender = *std::move(sender);
    return {};
}

// "D/M", as a module of an Edge device names itself.
result<> authenticate_edge_module(call& c, std::string_view name) {
    const std::size_t slash = name.find('/');
    const identity_key key{std::string(name.substr(0, slash)),
                           slash == name.npos ? "" : std::string(name.substr(slash + 1))};
    if (!core::is_valid_id(key.device_id) || !core::is_valid_id(key.module_id)) {
        return error{errc::unauthorized_access, "Unauthorized access",
                     "x-ms-edge-moduleId does not name a module (D/M)"};
    }
    return authenticate(c, key);
}

result<> check_api_version(const target& t, bool may_be_absent) {
    const std::string* version = t.find("api-version");
    if (version == nullptr ? may_be_absent : is_known_api_version(*version)) {
        return {};
    }
    return error{errc::invalid_protocol_version,
                 "The api-version must be a date such as 2021-04-12."};
}

result<> check_ids(const path_values& values) {
    const auto can_be = [](const path_values::value_type& one) {
        const auto& [name, value] = one;
        return (name != "device" && name != "module") || core::is_valid_id(value);
    };
    if (std::ranges::all_of(values, can_be)) {
        return {};
    }
    return error{errc::argument_invalid,
                 "An id in the address has a character that ids may not have, or over 128."};
}

} // namespace

result<> admit(call& c, const audience& who) {
    const std::string* edge_module =
        who.edge_modules ? c.asked().headers.find(edge_module_field) : nullptr;
    const auto allowed = edge_module  ? authenticate_edge_module(c, *edge_module)
                         : who.needed ? authorize_back_end(c, *who.needed)
                                      : authenticate(c, c.key());
    if (!allowed) {
        return allowed;
    }
    if (auto known = check_api_version(c.target, edge_module != nullptr); !known) {
        return known;
    }
    return check_ids(c.values);
}

result<> admit_owner(const call& c, const audience& who) {
    if (!who.needed) {
        return error{errc::unauthorized_access, "Only the device or module itself may do this."};
    }
    if (auto known = check_api_version(c.target, false); !known) {
        return known;
    }
    return check_ids(c.values);
}

} // namespace iothub::http
