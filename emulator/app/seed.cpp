#include "emulator/app/seed.hpp"

#include <fmt/format.h>

#include <set>

#include "emulator/app/edge_parents.hpp"
#include "emulator/app/start_up_error.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/registry/system_modules.hpp"

namespace iothub::app {

namespace {

start_up_error failure(const seeded_identity& one, const error& reason) {
    return start_up_error(fmt::format("the configuration's \"{}\" ({}) cannot be created: {}",
                                      one.place, one.request.key.text(), log_text(reason)));
}

void create_identity(core::hub& hub, const seeded_identity& one) {
    const auto request = request_below_parent(hub, one);
    const auto created = request ? hub.identities().put(*request, {}) : request.error();
    if (!created) {
        throw failure(one, created.error());
    }
}

void create(core::hub& hub, const seeded_identity& one) {
    if (!core::is_system_module(one.request.key)) {
        create_identity(hub, one);
    }
    if (const auto filled = hub.twins().patch(one.request.key, one.twin, {}); !filled) {
        throw failure(one, filled.error());
    }
    if (one.reported) {
        if (const auto told = hub.twins().report(one.request.key, *one.reported, {}); !told) {
            throw failure(one, told.error());
        }
    }
}

// A device brings the modules of the system with it.
std::size_t create_missing(core::hub& hub, std::vector<seeded_identity> wanted) {
    if (const auto ordered = order_by_parents(hub, wanted); !ordered) {
        throw start_up_error("the configuration's " + ordered.error().message);
    }
    std::size_t created = 0;
    std::set<std::string> new_devices;
    for (const seeded_identity& one : wanted) {
        const identity_key& key = one.request.key;
        const bool missing = core::is_system_module(key) ? new_devices.contains(key.device_id)
                                                         : !hub.identities().get(key);
        if (missing) {
            create(hub, one);
            ++created;
        }
        if (missing && !key.is_module()) {
            new_devices.insert(key.device_id);
        }
    }
    return created;
}

} // namespace

void register_authorities(core::hub& hub, const std::vector<seeded_authority>& wanted) {
    for (const seeded_authority& one : wanted) {
        if (const auto done = hub.authorities().put(one.name, one.pem); !done) {
            throw start_up_error(fmt::format("the certificate authority \"{}\" cannot be kept: {}",
                                             one.name, log_text(done.error())));
        }
    }
}

std::size_t plant(core::hub& hub, const seed& wanted) {
    const std::size_t created = create_missing(hub, wanted.identities);
    register_authorities(hub, wanted.authorities);
    return created;
}

void apply_seed(core::hub& hub, const seed& wanted) {
    const std::size_t created = plant(hub, wanted);
    if (created == 0 && wanted.authorities.empty()) {
        return;
    }
    hub.end_turn();
    if (hub.trouble()) {
        throw start_up_error("what the configuration seeds cannot be kept: " + *hub.trouble());
    }
    if (created > 0) {
        hub.journal().write(log_level::info, "app",
                            fmt::format("created {} of {} identities of the configuration", created,
                                        wanted.identities.size()));
    }
}

} // namespace iothub::app
