#include "emulator/core/registry/registry_import.hpp"

#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/registry/system_modules.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

namespace {

// An etag that is missing is no condition, but the entity has to exist.
precondition condition(const std::string& etag) {
    auto demand = precondition::parse(etag);
    return demand.demand == precondition::kind::none ? precondition::anything() : demand;
}

// The twin's etag counts where the mode is about etags, and only there.
precondition twin_condition(const import_item& item) {
    switch (item.mode) {
    case import_mode::update_if_match_etag:
    case import_mode::create_or_update_if_match_etag:
    case import_mode::update_twin_if_match_etag:
        return precondition::parse(item.twin_etag);
    default:
        return {};
    }
}

bool has_twin(const import_item& item) {
    return item.twin.tags || item.twin.desired;
}

template <class T>
result<> without_value(const result<T>& done) {
    return done ? result<>() : done.error();
}

bool writes_identity(import_mode mode) {
    switch (mode) {
    case import_mode::create_or_update:
    case import_mode::create:
    case import_mode::update:
    case import_mode::update_if_match_etag:
    case import_mode::create_or_update_if_match_etag:
        return true;
    default:
        return false;
    }
}

} // namespace

result<> registry_import::apply(const import_item& item) {
    const identity_key& key = item.identity.key;
    if (const auto possible = validate_ids(key); !possible) {
        return possible;
    }
    if (is_system_module(key) && writes_identity(item.mode)) {
        return put_system_module(item);
    }
    switch (item.mode) {
    case import_mode::create:
        return create(item);
    case import_mode::update:
        return update(item, precondition::anything());
    case import_mode::update_if_match_etag:
        return update(item, condition(item.etag));
    case import_mode::create_or_update:
        return identities_.get(key) ? update(item, precondition::anything()) : create(item);
    case import_mode::create_or_update_if_match_etag:
        return identities_.get(key) ? update(item, condition(item.etag)) : create(item);
    case import_mode::remove:
        return identities_.remove(key, precondition::anything());
    case import_mode::remove_if_match_etag:
        return identities_.remove(key, condition(item.etag));
    case import_mode::update_twin:
    case import_mode::update_twin_if_match_etag:
        return patch_twin(item);
    }
    return {};
}

result<> registry_import::create(const import_item& item) {
    if (const auto content = twin_service::check_first(item.twin); !content) {
        return content;
    }
    if (const auto made = identities_.put(item.identity, {}); !made) {
        return made.error();
    }
    return without_value(twins_.put_first(item.identity.key, item.twin));
}

result<> registry_import::update(const import_item& item, const precondition& demand) {
    const identity_key& key = item.identity.key;
    if (const auto found = identities_.get(key); !found) {
        return found.error();
    }
    if (has_twin(item)) {
        const auto possible = twins_.check_patch(key, item.twin, twin_condition(item));
        if (!possible) {
            return possible;
        }
    }
    const auto written = identities_.put(item.identity, demand);
    return written && has_twin(item) ? patch_twin(item) : without_value(written);
}

result<> registry_import::patch_twin(const import_item& item) {
    return without_value(twins_.patch(item.identity.key, item.twin, twin_condition(item)));
}

result<> registry_import::put_system_module(const import_item& item) {
    const auto found = identities_.get(item.identity.key);
    return found ? patch_twin(item) : found.error();
}

} // namespace iothub::core
