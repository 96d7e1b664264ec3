#include "emulator/core/registry/identity_registry.hpp"

#include <algorithm>

#include "common/base64.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t generated_key_bytes = 32;

error device_not_found(const std::string& device_id) {
    return {errc::device_not_found, device_id};
}

error already_exists(const identity_key& key) {
    if (key.is_module()) {
        return {errc::module_already_exists, "A module with ID '" + key.module_id +
                                                 "' is already registered on device '" +
                                                 key.device_id + "'."};
    }
    return {errc::device_already_exists,
            "A device with ID '" + key.device_id + "' is already registered."};
}

std::optional<std::string> absent_if_empty(const std::optional<std::string>& text) {
    return text && text->empty() ? std::nullopt : text;
}

authentication_type concluded_type(const authentication_request& auth) {
    if (auth.type && *auth.type != authentication_type::none) {
        return *auth.type;
    }
    const bool thumbprints =
        absent_if_empty(auth.primary_thumbprint) || absent_if_empty(auth.secondary_thumbprint);
    return !auth.type && thumbprints ? authentication_type::self_signed : authentication_type::sas;
}

authentication make_authentication(const authentication_request& wanted, id_source& ids) {
    authentication made;
    made.type = concluded_type(wanted);
    if (made.type == authentication_type::self_signed) {
        made.primary_thumbprint = absent_if_empty(wanted.primary_thumbprint);
        made.secondary_thumbprint = absent_if_empty(wanted.secondary_thumbprint);
    } else if (made.type == authentication_type::sas) {
        const bool given = !wanted.primary_key.empty();
        const auto new_key = [&ids] {
            return base64_encode(ids.random_bytes(generated_key_bytes));
        };
        made.primary_key = given ? wanted.primary_key : new_key();
        made.secondary_key = given ? wanted.secondary_key : new_key();
    }
    return made;
}

} // namespace

identity_registry::identity_registry(core::store& store, session_table& sessions,
                                     const core::clock& clock, id_source& ids)
    : store_(store)
    , sessions_(sessions)
    , clock_(clock)
    , ids_(ids) {}

result<identity> identity_registry::put(const identity_request& request,
                                        const precondition& demand) {
    if (const auto valid = validate(request); !valid) {
        return valid.error();
    }
    auto current = store_.find_identity(request.key);
    if (demand.demand == precondition::kind::none) {
        if (current) {
            return already_exists(request.key);
        }
        return create(request);
    }
    if (!current) {
        return missing(request.key);
    }
    if (!demand.admits(etag_text(*current))) {
        return error{errc::precondition_failed, "PreconditionFailed"};
    }
    return update(request, *std::move(current));
}

identity identity_registry::changed(identity now) {
    changed_(now.key);
    return now;
}

error identity_registry::missing(const identity_key& key) {
    const bool lacks_module_only = key.is_module() && store_.find_identity({key.device_id, {}});
    return lacks_module_only ? error{errc::module_not_found, key.text()}
                             : device_not_found(key.device_id);
}

result<> identity_registry::admit_new_module(const identity_key& key) {
    if (!store_.find_identity({key.device_id, {}})) {
        return device_not_found(key.device_id);
    }
    if (store_.list_modules(key.device_id).size() >= max_modules_of_device) {
        return error{errc::too_many_modules,
                     "The device '" + key.device_id + "' already has 50 modules."};
    }
    return {};
}

result<identity> identity_registry::create(const identity_request& request) {
    if (request.key.is_module()) {
        if (const auto admitted = admit_new_module(request.key); !admitted) {
            return admitted.error();
        }
    }
    const timestamp now = clock_.now();
    identity made;
    made.key = request.key;
    made.generation_id = std::to_string(dotnet_ticks(now));
    made.etag = make_counter_seed(ids_);
    apply(request, made);
    store_.put_identity(made);
    store_.put_twin(make_twin(made.key, made.key.is_module() ? never : now));
    return changed(std::move(made));
}

result<identity> identity_registry::update(const identity_request& request, identity current) {
    if (current.enabled != request.enabled) {
        current.status_updated = clock_.now();
    }
    ++current.etag;
    apply(request, current);
    store_.put_identity(current);
    if (!current.enabled) {
        sessions_.disconnect(current.key, {errc::device_disabled, "the device was disabled"});
    }
    complete(current);
    return changed(std::move(current));
}

// What both a new and an existing identity take from the request.
void identity_registry::apply(const identity_request& request, identity& target) {
    target.enabled = request.enabled;
    target.status_reason = request.status_reason;
    target.authentication = make_authentication(request.authentication, ids_);
    target.iot_edge = request.iot_edge;
    if (target.iot_edge && !target.device_scope) {
        target.device_scope =
            "ms-azure-iot-edge://" + target.key.device_id + "-" + target.generation_id;
    }
    target.managed_by = request.managed_by;
    target.attributes = request.attributes;
}

result<identity> identity_registry::get(const identity_key& key) {
    auto found = store_.find_identity(key);
    if (!found) {
        return missing(key);
    }
    complete(*found);
    return *std::move(found);
}

result<> identity_registry::remove(const identity_key& key, const precondition& demand) {
    if (demand.demand == precondition::kind::none) {
        return error{errc::precondition_failed, "Etag missing"};
    }
    const auto current = get(key);
    if (!current) {
        return current.error();
    }
    if (!demand.admits(etag_text(*current))) {
        return error{errc::precondition_failed, "PreconditionFailed"};
    }
    sessions_.disconnect(key, {errc::device_not_found, "the identity was deleted"});
    store_.remove_identity(key);
    removed_(key);
    return {};
}

std::vector<identity> identity_registry::list_devices(std::size_t top, std::string_view after) {
    auto devices = store_.list_devices(after, std::min(top, max_listed_devices));
    for (identity& device : devices) {
        complete(device);
    }
    return devices;
}

result<std::vector<identity>> identity_registry::list_modules(const std::string& device_id) {
    if (!store_.find_identity({device_id, {}})) {
        return device_not_found(device_id);
    }
    auto modules = store_.list_modules(device_id);
    for (identity& module : modules) {
        complete(module);
    }
    return modules;
}

void identity_registry::complete(identity& stored) {
    sessions_.describe(stored);
    stored.waiting_messages = store_.describe_queue(stored.key).messages.size();
}

} // namespace iothub::core
