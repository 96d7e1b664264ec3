#include "emulator/core/registry/edge_scopes.hpp"

#include <algorithm>
#include <string_view>

#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view scheme = "ms-azure-iot-edge://";

// Of Edge devices above another one; a ring of them would have more.
constexpr int max_levels = 32;

constexpr std::size_t max_number = 20; // of digits at the end of a scope

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

std::string scope_of(const identity_key& device, std::string_view suffix) {
    return std::string(scheme).append(device.device_id).append("-").append(suffix);
}

// The request's own scope, where it is one that this hub or another has made for the device.
std::optional<std::string> kept_scope(const identity_request& wanted) {
    const std::string stem = scope_of(wanted.key, "");
    if (!wanted.keeps_scope || !wanted.device_scope || !wanted.device_scope->starts_with(stem)) {
        return std::nullopt;
    }
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string_view number = std::string_view(*wanted.device_scope).substr(stem.size());
    return std::ranges::all_of(number, is_digit) && number.size() <= max_number
               ? wanted.device_scope
               : std::nullopt;
}

std::optional<identity> find_edge_device(store& store, const std::string& scope) {
    const auto id = device_of_scope(scope);
    if (!id) {
        return std::nullopt;
    }
    auto device = store.find_identity({*id, {}});
    const bool has_it = device && device->iot_edge && device->device_scope == scope;
    return has_it ? std::move(device) : std::nullopt;
}

// Whether `device` is `lower` or one of those above it; true also where there are too many.
bool stands_at_or_above(store& store, const identity_key& device, std::optional<identity> lower) {
    for (int level = 0; level <= max_levels; ++level) {
        if (!lower || lower->key == device) {
            return lower.has_value();
        }
        lower = lower->parent_scopes.empty()
                    ? std::nullopt
                    : find_edge_device(store, lower->parent_scopes.front());
    }
    return true;
}

// `present`: the parents that the device has already.
result<> check_parent(store& store, const identity_key& device, const std::string& scope,
                      const std::vector<std::string>& present) {
    if (std::ranges::find(present, scope) != present.end()) {
        return {};
    }
    auto parent = find_edge_device(store, scope);
    if (!parent) {
        return error{errc::invalid_device_scope, "The scope of the parent is not that of an IoT "
                                                 "Edge device of this hub."};
    }
    if (stands_at_or_above(store, device, std::move(parent))) {
        return error{errc::invalid_device_scope,
                     "An IoT Edge device cannot stand below itself, or more than 32 others."};
    }
    return {};
}

result<edge_place> leaf_place(store& store, const identity_request& wanted,
                              const std::vector<std::string>& present) {
    if (!wanted.device_scope || wanted.device_scope->empty()) {
        return edge_place{};
    }
    const std::string& scope = *wanted.device_scope;
    if (const auto checked = check_parent(store, wanted.key, scope, present); !checked) {
        return checked.error();
    }
    return edge_place{scope, {scope}};
}

result<edge_place> edge_device_place(store& store, const identity_request& wanted, std::string own,
                                     const std::vector<std::string>& present) {
    if (wanted.parent_scopes.size() > 1) {
        return invalid("A device has one parent at most.");
    }
    for (const std::string& scope : wanted.parent_scopes) {
        if (const auto checked = check_parent(store, wanted.key, scope, present); !checked) {
            return checked.error();
        }
    }
    return edge_place{std::move(own), wanted.parent_scopes};
}

} // namespace

std::optional<std::string> device_of_scope(std::string_view scope) {
    const std::size_t dash = scope.rfind('-');
    if (!scope.starts_with(scheme) || dash == scope.npos || dash < scheme.size()) {
        return std::nullopt;
    }
    return std::string(scope.substr(scheme.size(), dash - scheme.size()));
}

result<edge_place> new_place(store& store, const identity_request& wanted,
                             const std::string& generation_id) {
    if (!wanted.iot_edge) {
        return leaf_place(store, wanted, {});
    }
    auto own = kept_scope(wanted).value_or(scope_of(wanted.key, generation_id));
    return edge_device_place(store, wanted, std::move(own), {});
}

result<edge_place> changed_place(store& store, const identity_request& wanted,
                                 const identity& current) {
    const std::string scope = wanted.device_scope.value_or("");
    if (!wanted.iot_edge) {
        // An Edge device that becomes a leaf loses its parent with its scope.
        return current.iot_edge ? edge_place{} : leaf_place(store, wanted, current.parent_scopes);
    }
    if (current.iot_edge && scope != current.device_scope) {
        return invalid("Device scope is immutable");
    }
    if (current.iot_edge) {
        return edge_device_place(store, wanted, *current.device_scope, current.parent_scopes);
    }
    const auto kept = kept_scope(wanted);
    if (!scope.empty() && !kept) {
        return invalid("A device that becomes an IoT Edge device has no scope yet.");
    }
    return edge_device_place(store, wanted, kept.value_or(scope_of(wanted.key, "")),
                             current.parent_scopes);
}

} // namespace iothub::core
