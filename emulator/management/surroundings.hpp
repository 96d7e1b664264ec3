#pragma once
// What the management port shows of the hub and of the program around it, and does to them. Filled
// in by app; every function is called on the loop's thread, once a request.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::http_codec {
class exchange;
}

namespace iothub::management {

class activity;
class event_audience;

struct connection_strings {
    std::vector<std::pair<std::string, std::string>> service; // policy and its connection string
    std::string event_hubs;
    std::string ca_file;
};

// Nothing when all is well, else the reason.
using condition = std::function<std::optional<std::string>()>;

inline constexpr std::size_t max_registry_size = 16 << 20; // as JSON text, exported or imported

// Why a connection ends that somebody cuts here.
inline error forced_disconnect() {
    return {errc::connection_closed_remotely, "disconnected through the management API"};
}

struct surroundings {
    core::hub& hub;                      // outlives every session
    std::vector<std::string> host_names; // names and addresses the hub is reached by
    condition unhealthy;
    condition unready;
    std::function<std::string()> ca_certificate; // PEM
    std::function<connection_strings()> strings;
    std::function<std::string(const core::identity&)> identity_string; // its connection string
    std::function<core::identity_counts()> count_identities;

    // Who waits for events; watches the hub's event_log.
    std::shared_ptr<event_audience> audience;

    // The registry in the form of the configuration's `devices`, as JSON text: of one device, or of
    // all where the id is empty. message_too_large beyond max_registry_size.
    std::function<result<std::string>(std::string_view device_id)> export_registry;
    // The devices behind that id, in the order of their ids: at most `limit`, and no more than
    // max_registry_size takes, but at least one where there is one.
    std::function<std::string(std::string_view after, std::size_t limit)> export_devices;
    // Adds or replaces what the text names; argument_invalid with the place of a mistake, and then
    // nothing was changed.
    std::function<result<>(std::string_view text)> import_registry;
    // Begins anew, with nothing but the policies and certificate authorities of the configuration,
    // or also with the identities that it seeds.
    std::function<void(bool with_identities)> reset;

    // Asks the hub's REST interface with the rights of its owner; the target is "/devices/d?…".
    std::function<void(std::shared_ptr<http_codec::exchange>, std::string target)> service;
    // The program that runs: version, ports, names, as a JSON object's text.
    std::function<std::string()> about;
    activity* happened = nullptr; // outlives every session
};

} // namespace iothub::management
