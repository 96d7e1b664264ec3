#pragma once
// The identity registry (service API §1.2, §2; rows R01–R08, R12–R14): creates, updates, deletes
// and finds devices and modules, and makes the twin that comes with each, and the modules that come
// with an IoT Edge device.

#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/registry/identity_request.hpp"
#include "emulator/core/registry/precondition.hpp"

namespace iothub::core {

class clock;
class id_source;
class session_table;
class store;
struct edge_place;
struct identity_counts;

enum class renewed_keys { primary, secondary, both };

class identity_registry {
public:
    static constexpr std::size_t max_modules_of_device = 50; // those of the system not counted
    static constexpr std::size_t max_listed_devices = 1000;
    static constexpr std::size_t max_identities = 1'000'000; // devices and modules

    identity_registry(core::store& store, session_table& sessions, const core::clock& clock,
                      id_source& ids);

    // How many devices there may be; those that are more already stay.
    void limit_devices(std::size_t most) { most_devices_ = most; }

    // Likewise, of devices and modules together.
    void limit_identities(std::size_t most) { most_identities_ = most; }

    using observer = std::function<void(const identity_key&)>;

    // Called after each creation and update, when identity and twin are written.
    void when_changed(observer o) { changed_ = std::move(o); }

    // Called after each creation, when identity and twin are written, and before each removal.
    void when_created(observer o) { created_ = std::move(o); }
    void when_removing(observer o) { removing_ = std::move(o); }

    // Called after each removal; a device has taken its modules with it.
    void when_removed(observer o) { removed_ = std::move(o); }

    // Who knows how many cloud-to-device messages wait for an identity: c2d_service. May throw
    // store_fault.
    void count_messages(std::function<std::size_t(const identity_key&)> of) {
        waiting_ = std::move(of);
    }

    // Without a precondition it creates (device_already_exists, module_already_exists), with one it
    // updates (device_not_found, module_not_found, precondition_failed) by full replacement: keys
    // that are not given are made anew. Further errors: argument_invalid, invalid_device_scope,
    // too_many_modules, quota_exceeded; for a module, device_not_found.
    result<identity> put(const identity_request& request, const precondition& demand);

    result<identity> get(const identity_key& key);

    // precondition_failed where no precondition is given; system_module_modify_unauthorized_access
    // for a module of the system. A device goes with its modules; whoever is connected is
    // disconnected.
    result<> remove(const identity_key& key, const precondition& demand);

    // Makes keys anew; who is connected stays so. invalid_operation where the identity does not
    // authenticate with keys.
    result<identity> renew_keys(const identity_key& key, renewed_keys which);

    // At most `top` (at most max_listed_devices) devices in the order of their ids, beginning after
    // `after`.
    std::vector<identity> list_devices(std::size_t top, std::string_view after = {});

    // device_not_found where the device does not exist.
    result<std::vector<identity>> list_modules(const std::string& device_id);

    identity_counts count();

    // Fills in what is not stored: the connection, and how many messages wait.
    void complete(identity& stored);

private:
    result<identity> create(const identity_request& request);
    result<identity> update(const identity_request& request, identity current);
    // How to say that `key` is not there: a module of a missing device is a missing device.
    error missing(const identity_key& key);
    result<> admit_new();
    result<> admit_new_device();
    result<> admit_new_module(const identity_key& key);
    void apply(const identity_request& request, identity& target, edge_place place);
    void keep_new(const identity& made, timestamp twin_updated);
    void keep_system_modules(const identity& device, bool was_edge);
    void erase(const identity_key& key, const error& reason);
    identity changed(identity now);

    core::store& store_;
    session_table& sessions_;
    const core::clock& clock_;
    id_source& ids_;
    observer changed_ = [](const identity_key&) {};
    std::size_t most_devices_ = max_identities;
    std::size_t most_identities_ = max_identities;
    observer created_ = [](const identity_key&) {};
    observer removing_ = [](const identity_key&) {};
    observer removed_ = [](const identity_key&) {};
    std::function<std::size_t(const identity_key&)> waiting_ = [](const identity_key&) {
        return std::size_t{0};
    };
};

} // namespace iothub::core
