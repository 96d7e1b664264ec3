#pragma once
// What the configuration file wants a hub to hold from its start (docs/configuration.md, "Seeding
// identities"). seed_document reads it, server applies it before anybody is served.

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
    std::string place; // in the file: "devices[2].modules[0]"
};

struct seed {
    std::vector<seeded_identity> identities; // each device before its modules
};

// Creates the identities that are missing, with their twins, in one turn, and keeps them; those
// that exist are left as they are. start_up_error, and nothing is kept, where that cannot be.
void apply_seed(core::hub& hub, const seed& wanted);

} // namespace iothub::app
