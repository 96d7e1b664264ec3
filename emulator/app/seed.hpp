#pragma once
// What the configuration file wants a hub to hold from its start (docs/configuration.md, "Seeding
// identities"). seed_document reads it, server applies it before anybody is served.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/registry/identity_request.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::app {

struct seeded_identity {
    core::identity_request request;
    core::twin_change twin;
    std::optional<json> reported;
    std::string parent; // a device's: the id of the IoT Edge device above it, or empty
    std::string place;  // in the file: "devices[2].modules[0]"
};

struct seeded_authority {
    std::string name;
    std::filesystem::path file; // empty: the certificate stands in the configuration itself
    std::string pem;            // once it is loaded, one certificate of a CA
};

struct seed {
    // Each device before its modules, of which those of the system are twins only.
    std::vector<seeded_identity> identities;
    std::vector<seeded_authority> authorities;
};

// Creates the identities that are missing, with their twins, in one turn, and keeps them; those
// that exist are left as they are. Certificate authorities become what the seed says.
// start_up_error, and nothing is kept, where that cannot be.
void apply_seed(core::hub& hub, const seed& wanted);

// The same within a turn, which the caller ends; how many identities were created.
std::size_t plant(core::hub& hub, const seed& wanted);

// Certificate authorities become what the seed says. start_up_error.
void register_authorities(core::hub& hub, const std::vector<seeded_authority>& wanted);

} // namespace iothub::app
