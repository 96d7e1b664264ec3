#include "emulator/app/seed.hpp"

#include <fmt/format.h>

#include "emulator/app/start_up_error.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::app {

namespace {

start_up_error failure(const seeded_identity& one, const error& reason) {
    return start_up_error(fmt::format("the configuration's \"{}\" ({}) cannot be created: {}",
                                      one.place, one.request.key.text(), log_text(reason)));
}

void create(core::hub& hub, const seeded_identity& one) {
    if (const auto created = hub.identities().put(one.request, {}); !created) {
        throw failure(one, created.error());
    }
    if (const auto filled = hub.twins().patch(one.request.key, one.twin, {}); !filled) {
        throw failure(one, filled.error());
    }
}

} // namespace

void apply_seed(core::hub& hub, const seed& wanted) {
    std::size_t created = 0;
    for (const seeded_identity& one : wanted.identities) {
        if (!hub.identities().get(one.request.key)) {
            create(hub, one);
            ++created;
        }
    }
    if (created == 0) {
        return;
    }
    hub.end_turn();
    if (hub.trouble()) {
        throw start_up_error("the configuration's devices cannot be kept: " + *hub.trouble());
    }
    hub.journal().write(log_level::info, "app",
                        fmt::format("created {} of {} identities of the configuration", created,
                                    wanted.identities.size()));
}

} // namespace iothub::app
