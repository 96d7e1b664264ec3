#include "emulator/core/registry/identity_registry.hpp"

#include <algorithm>

#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/registry/edge_scopes.hpp"
#include "emulator/core/registry/new_authentication.hpp"
#include "emulator/core/registry/system_modules.hpp"
#include "emulator/core/sessions/session_table.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

namespace {

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

result<> identity_registry::admit_new() {
    const identity_counts present = count();
    if (present.devices + present.modules < most_identities_) {
        return {};
    }
    return error{errc::quota_exceeded, "Total number of devices and modules on IotHub exceeded the "
                                       "allocated quota. Max allowed count: '" +
                                           std::to_string(most_identities_) + "'."};
}

result<> identity_registry::admit_new_device() {
    const std::uint64_t present = count().devices;
    if (present < most_devices_) {
        return {};
    }
    return error{errc::quota_exceeded,
                 "Total number of devices on IotHub exceeded the allocated quota. Max allowed "
                 "device count: '" +
                     std::to_string(most_devices_) + "', current device count: '" +
                     std::to_string(present) + "'."};
}

result<> identity_registry::admit_new_module(const identity_key& key) {
    if (!store_.find_identity({key.device_id, {}})) {
        return device_not_found(key.device_id);
    }
    const auto present = store_.list_modules(key.device_id);
    const auto counted = std::ranges::count_if(
        present, [](const identity& module) { return !is_system_module(module.key); });
    if (counted >= static_cast<std::ptrdiff_t>(max_modules_of_device)) {
        return error{errc::too_many_modules,
                     "The device '" + key.device_id + "' already has 50 modules."};
    }
    return {};
}

result<identity> identity_registry::create(const identity_request& request) {
    const timestamp now = clock_.now();
    identity made;
    made.key = request.key;
    made.generation_id = std::to_string(dotnet_ticks(now));
    auto admitted = made.key.is_module() ? admit_new_module(made.key) : admit_new_device();
    admitted = admitted ? admit_new() : admitted;
    if (!admitted) {
        return admitted.error();
    }
    auto place =
        made.key.is_module() ? edge_place{} : new_place(store_, request, made.generation_id);
    if (!place) {
        return place.error();
    }
    made.etag = make_counter_seed(ids_);
    apply(request, made, *std::move(place));
    keep_new(made, made.key.is_module() ? never : now);
    keep_system_modules(made, false);
    return changed(std::move(made));
}

result<identity> identity_registry::update(const identity_request& request, identity current) {
    auto place = current.key.is_module() ? edge_place{} : changed_place(store_, request, current);
    if (!place) {
        return place.error();
    }
    if (current.enabled != request.enabled) {
        current.status_updated = clock_.now();
    }
    ++current.etag;
    const bool was_edge = current.iot_edge;
    apply(request, current, *std::move(place));
    store_.put_identity(current);
    keep_system_modules(current, was_edge);
    if (!current.enabled) {
        sessions_.disconnect(current.key, {errc::device_disabled, "the device was disabled"});
    }
    complete(current);
    return changed(std::move(current));
}

// What both a new and an existing identity take from the request.
void identity_registry::apply(const identity_request& request, identity& target, edge_place place) {
    target.enabled = request.enabled;
    target.status_reason = request.status_reason;
    target.authentication = make_authentication(request.authentication, ids_);
    target.iot_edge = request.iot_edge;
    target.device_scope = std::move(place.device_scope);
    target.parent_scopes = std::move(place.parent_scopes);
    target.managed_by = request.managed_by;
    target.attributes = request.attributes;
}

void identity_registry::keep_new(const identity& made, timestamp twin_updated) {
    store_.put_identity(made);
    store_.put_twin(make_twin(made.key, twin_updated));
    created_(made.key);
}

// An IoT Edge device has both of them, any other device none.
void identity_registry::keep_system_modules(const identity& device, bool was_edge) {
    if (device.key.is_module() || (!device.iot_edge && !was_edge)) {
        return;
    }
    for (const std::string_view name : edge_system_modules) {
        const identity_key key{device.key.device_id, std::string(name)};
        const bool present = store_.find_identity(key).has_value();
        if (present && !device.iot_edge) {
            erase(key, {errc::device_not_found, "the device is no IoT Edge device any more"});
        } else if (!present && device.iot_edge) {
            identity made;
            made.key = key;
            made.generation_id = std::to_string(dotnet_ticks(clock_.now()));
            made.etag = make_counter_seed(ids_);
            made.authentication.type = authentication_type::none;
            made.managed_by = "iotEdge";
            keep_new(made, never);
            changed_(key);
        }
    }
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
    if (is_system_module(key)) {
        return error{
            errc::system_module_modify_unauthorized_access,
            "The modules of the system come and go with the device's IoT Edge capability."};
    }
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
    erase(key, {errc::device_not_found, "the identity was deleted"});
    return {};
}

void identity_registry::erase(const identity_key& key, const error& reason) {
    sessions_.disconnect(key, reason);
    removing_(key);
    store_.remove_identity(key);
    removed_(key);
}

result<identity> identity_registry::renew_keys(const identity_key& key, renewed_keys which) {
    auto found = store_.find_identity(key);
    if (!found) {
        return missing(key);
    }
    if (found->authentication.type != authentication_type::sas) {
        return error{errc::invalid_operation, "The identity does not authenticate with keys."};
    }
    if (which != renewed_keys::secondary) {
        found->authentication.primary_key = make_key(ids_);
    }
    if (which != renewed_keys::primary) {
        found->authentication.secondary_key = make_key(ids_);
    }
    ++found->etag;
    store_.put_identity(*found);
    complete(*found);
    return changed(*std::move(found));
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

identity_counts identity_registry::count() {
    return store_.count_identities();
}

void identity_registry::complete(identity& stored) {
    sessions_.describe(stored);
    stored.waiting_messages = waiting_(stored.key);
}

} // namespace iothub::core
