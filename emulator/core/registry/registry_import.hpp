#pragma once
// Applies items of bulk operations and import files to registry and twins, by the nine import modes
// (service API §1.5). Each item is applied whole or not at all.

#include "common/result.hpp"
#include "emulator/core/registry/import_item.hpp"

namespace iothub::core {

class identity_registry;
class twin_service;

class registry_import {
public:
    registry_import(identity_registry& identities, twin_service& twins)
        : identities_(identities)
        , twins_(twins) {}

    // The errors of identity_registry::put and remove, and of twin_service::patch and replace.
    result<> apply(const import_item& item);

private:
    identity_registry& identities_;
    twin_service& twins_;
};

} // namespace iothub::core
