#pragma once
// Twin rules (service API §3; rows T01–T08): merge, replace, report, validate, notify.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/precondition.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

class clock;
class session_table;
class store;

// The writable part of a twin document. A section that is absent is left alone by patch() and
// emptied by replace(). $metadata and $version inside desired are ignored.
struct twin_change {
    std::optional<json> tags;    // an object, or null: all tags go
    std::optional<json> desired; // likewise
};

// What one write brought, as merge patches.
struct twin_update {
    bool replaced = false; // by replace(): the whole twin counts
    std::optional<json> tags{};
    std::optional<json> desired{};
    std::optional<json> reported{};
};

class twin_service {
public:
    twin_service(core::store& store, session_table& sessions, const core::clock& clock);

    // Called after each write of a twin, when it is in the store.
    void when_changed(std::function<void(const twin&)> observer) { changed_ = std::move(observer); }

    // Called after each write by one of the functions below that a back end or the device itself
    // asked for, when the twin is in the store.
    void when_updated(std::function<void(const twin&, const twin_update&)> observer) {
        updated_ = std::move(observer);
    }

    // device_not_found for a missing device and for a missing module alike, as the hub answers.
    result<twin> get(const identity_key& key);

    // Merges (§3.3) or replaces (§3.4). A change that contains desired properties raises their
    // version by one and is told to the connected device. Errors: device_not_found,
    // precondition_failed, argument_invalid (the twin is unchanged).
    result<twin> patch(const identity_key& key, const twin_change& change,
                       const precondition& demand);
    result<twin> replace(const identity_key& key, const twin_change& change,
                         const precondition& demand);

    // Whether patch() would refuse it, and why.
    result<> check_patch(const identity_key& key, const twin_change& change,
                         const precondition& demand);

    // What a new twin begins with: it is merged as by patch(), but no version moves and nobody is
    // told. Errors: device_not_found, argument_invalid, which check_first() says before.
    result<twin> put_first(const identity_key& key, const twin_change& content);
    static result<> check_first(const twin_change& content);

    // Merges reported properties, as the device or module itself does; the new reported version.
    // precondition_failed where `expected_version` is given and is not the current one.
    result<std::uint64_t> report(const identity_key& key, const json& patch,
                                 std::optional<std::uint64_t> expected_version);

    // Remembers the model that a device announced when it connected.
    void remember_model(const identity_key& key, const std::string& model_id);

    // Shows in the twin what automatic device management has done. No version or etag moves, and
    // nobody is told.
    void show_configurations(const identity_key& key, json shown);

private:
    result<twin> find_admitted(const identity_key& key, const precondition& demand);
    result<json> reported_patch(const identity_key& key, const json& patch,
                                std::optional<std::uint64_t> expected_version);
    void keep(const twin& changed);
    void notify(const twin& changed, json desired);

    core::store& store_;
    session_table& sessions_;
    const core::clock& clock_;
    std::function<void(const twin&)> changed_ = [](const twin&) {};
    std::function<void(const twin&, const twin_update&)> updated_ = [](const twin&,
                                                                       const twin_update&) {};
};

// What the device or module itself sees (§3.1): {"desired":{…,"$version":n},"reported":{…}}.
std::string device_view(const twin& t);

} // namespace iothub::core
