#include "emulator/app/policy_document.hpp"

#include <algorithm>
#include <utility>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "emulator/core/security/security_name.hpp"

namespace iothub::app {

namespace {

using core::access_policy;
using core::permission;

constexpr std::size_t min_key_bytes = 16;
constexpr std::size_t max_key_bytes = 64;

constexpr std::array<std::pair<std::string_view, permission>, 4> permission_names{{
    {"registryRead", permission::registry_read},
    {"registryWrite", permission::registry_write},
    {"serviceConnect", permission::service_connect},
    {"deviceConnect", permission::device_connect},
}};

fault read_name(const json& value, access_policy& target) {
    if (!value.is_string() || !core::is_security_name(value.get_ref<const std::string&>())) {
        return "must be 1 to 64 characters of A-Z a-z 0-9 - _ .";
    }
    target.name = value.get<std::string>();
    return {};
}

fault read_key(const json& value, std::string& target) {
    const auto bytes = base64_decode(value.is_string() ? value.get<std::string>() : "");
    if (!bytes || bytes->size() < min_key_bytes || bytes->size() > max_key_bytes) {
        return "must be the base64 text of 16 to 64 bytes";
    }
    target = value.get<std::string>();
    return {};
}

fault read_permissions(const json& value, access_policy& target) {
    return read_elements(value, [&](std::size_t, const json& word) -> fault {
        for (const auto& [name, granted] : permission_names) {
            if (word == name) {
                target.permissions = target.permissions | granted;
                return {};
            }
        }
        return "must be one of registryRead, registryWrite, serviceConnect, deviceConnect";
    });
}

constexpr std::array policy_members{
    member<access_policy>{"name", read_name},
    member<access_policy>{
        "primaryKey", [](const json& v, access_policy& p) { return read_key(v, p.primary_key); }},
    member<access_policy>{
        "secondaryKey",
        [](const json& v, access_policy& p) { return read_key(v, p.secondary_key); }},
    member<access_policy>{"permissions", read_permissions},
};

fault check_complete(const access_policy& policy) {
    if (policy.name.empty()) {
        return {"is missing", "name"};
    }
    if (policy.primary_key.empty()) {
        return {"is missing", "primaryKey"};
    }
    if (policy.secondary_key.empty()) {
        return {"is missing", "secondaryKey"};
    }
    return policy.permissions == 0 ? fault("must hold at least one permission", "permissions")
                                   : fault();
}

} // namespace

fault read_policies(const json& value, std::vector<access_policy>& target) {
    if (value.is_array() && value.empty()) {
        return "must hold at least one policy";
    }
    return read_elements(value, [&](std::size_t, const json& element) -> fault {
        access_policy policy;
        if (fault f = read_members(element, policy_members, policy); !f.empty()) {
            return f;
        }
        if (std::ranges::find(target, policy.name, &access_policy::name) != target.end()) {
            return {"is the name of an earlier policy", "name"};
        }
        target.push_back(policy);
        return check_complete(policy);
    });
}

} // namespace iothub::app
