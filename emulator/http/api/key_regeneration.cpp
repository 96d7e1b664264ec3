#include "emulator/http/api/key_regeneration.hpp"

#include <array>
#include <utility>
#include <vector>

#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/documents/registry_batch.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

struct policy {
    std::string_view name;
    core::renewed_keys which;
};

constexpr std::array policies{
    policy{"primaryKey", core::renewed_keys::primary},
    policy{"secondaryKey", core::renewed_keys::secondary},
    policy{"both", core::renewed_keys::both},
};

result<policy> read_policy(const json& document) {
    const auto found = document.find("policyKey");
    if (found != document.end() && found->is_string()) {
        for (const policy& known : policies) {
            if (equal_ignoring_case(known.name, found->get_ref<const std::string&>())) {
                return known;
            }
        }
    }
    return error{errc::invalid_policy_key,
                 "The policyKey must be primaryKey, secondaryKey or both."};
}

result<identity_key> read_key(const json& element) {
    if (!element.is_object()) {
        return error{errc::argument_invalid, "A device must be a JSON object with its id."};
    }
    std::optional<error> fault;
    const member_reader members(element, fault);
    identity_key key{members.text("id").value_or(""), members.text("moduleId").value_or("")};
    if (key.device_id.empty()) {
        members.refuse("id", "is missing");
    }
    return fault ? result<identity_key>(*fault) : result<identity_key>(std::move(key));
}

result<std::vector<identity_key>> read_devices(const json& document) {
    const auto list = document.find("devices");
    if (list == document.end() || !list->is_array()) {
        return error{errc::argument_invalid, "The member 'devices' must be an array."};
    }
    if (const auto fits = check_batch_size(list->size()); !fits) {
        return fits.error();
    }
    std::vector<identity_key> keys;
    for (const json& element : *list) {
        auto key = read_key(element);
        if (!key) {
            return key.error();
        }
        keys.push_back(*std::move(key));
    }
    const auto distinct = check_distinct(keys);
    return distinct ? result<std::vector<identity_key>>(std::move(keys)) : distinct.error();
}

json renewed_document(const core::identity& id) {
    json renewed{{"id", id.key.device_id}};
    if (id.key.is_module()) {
        renewed["moduleId"] = id.key.module_id;
    }
    renewed["primaryKey"] = id.authentication.primary_key;
    renewed["secondaryKey"] = id.authentication.secondary_key;
    return renewed;
}

struct outcome {
    json renewed = json::array();
    json failures = json::array();
};

outcome renew(core::identity_registry& registry, const std::vector<identity_key>& keys,
              core::renewed_keys which) {
    outcome all;
    for (const identity_key& key : keys) {
        const auto renewed = registry.renew_keys(key, which);
        if (renewed) {
            all.renewed.push_back(renewed_document(*renewed));
        } else {
            all.failures.push_back(failure_document("id", key, renewed.error()));
        }
    }
    return all;
}

} // namespace

result<http_codec::response> regenerate_keys(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    const auto wanted = read_policy(*document);
    if (!wanted) {
        return wanted.error();
    }
    const auto keys = read_devices(*document);
    if (!keys) {
        return keys.error();
    }
    if (const auto allowed = c.hub().limits().charge(core::operation::registry_write, keys->size());
        !allowed) {
        return allowed.error();
    }
    const outcome all = renew(c.hub().identities(), *keys, wanted->which);
    auto r = json_response(
        all.failures.empty() ? 200 : 207,
        {{"policyKey", wanted->name}, {"rotatedKeys", all.renewed}, {"errors", all.failures}});
    if (all.renewed.empty()) {
        constexpr errc code = errc::bulk_regenerate_device_key_operation_failure;
        ++c.hub().count().failed_requests;
        r.status = http_status(code);
        r.headers.add("iothub-errorcode", std::string(symbolic_name(code)));
    }
    return r;
}

} // namespace iothub::http::api
