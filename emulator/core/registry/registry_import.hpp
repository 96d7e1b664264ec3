#pragma once
// Applies items of bulk operations and import files to registry and twins, by the nine import modes
// (service API §1.5). Each item is applied whole or not at all.

#include "common/result.hpp"
#include "emulator/core/registry/import_item.hpp"

namespace iothub::core {

class identity_registry;
class twin_service;
struct precondition;

class registry_import {
public:
    registry_import(identity_registry& identities, twin_service& twins)
        : identities_(identities)
        , twins_(twins) {}

    // The errors of identity_registry::put and remove, and of twin_service::patch. What an item
    // says of a twin is what a new one begins with (§1.5), and a patch of one that exists;
    // `twin_etag` is its condition in the modes about etags alone. Of a module of the system only
    // the twin is written.
    result<> apply(const import_item& item);

private:
    result<> create(const import_item& item);
    result<> update(const import_item& item, const precondition& demand);
    result<> patch_twin(const import_item& item);
    result<> put_system_module(const import_item& item);

    identity_registry& identities_;
    twin_service& twins_;
};

} // namespace iothub::core
