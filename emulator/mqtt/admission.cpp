#include "emulator/mqtt/admission.hpp"

#include "emulator/core/limits/limiter.hpp"
#include "emulator/core/store.hpp"
#include "emulator/mqtt/user_name.hpp"
#include "emulator/session/model_id.hpp"

namespace iothub::mqtt {

namespace {

error refused(std::string reason) {
    return {errc::unauthorized_access, "Unauthorized access", std::move(reason)};
}

result<core::device_principal> authenticate(core::hub& hub, const user_name& name,
                                            const core::device_credentials& presented) {
    try {
        auto who = hub.security().authenticate_device(name.identity, presented);
        if (who && session::is_model_id(name.model_id)) {
            hub.twins().remember_model(name.identity, name.model_id);
            who->model_id = name.model_id;
        }
        return who;
    } catch (const core::store_fault& fault) {
        ++hub.count().errors;
        return error(errc::service_unavailable, "Service unavailable", fault.what());
    }
}

} // namespace

result<core::device_principal> admit(core::hub& hub, const connect& packet, const net::peer& peer) {
    if (packet.level != protocol_level_3_1_1) {
        return error(errc::invalid_protocol_version, "Unsupported protocol level",
                     "protocol level " + std::to_string(packet.level) +
                         ", the hub speaks 3.1.1 (4)");
    }
    if (!packet.user_name) {
        return refused("no user name");
    }
    const auto name = parse_user_name(*packet.user_name);
    if (!name) {
        return name.error();
    }
    if (packet.client_id != name->identity.text()) {
        error reason =
            refused("the client id is not the user name's '" + name->identity.text() + "'");
        hub.sessions().refused(name->identity, log_text(reason));
        return reason;
    }
    auto who = authenticate(hub, *name, {packet.password, peer.certificates});
    if (who) {
        if (const auto allowed = hub.limits().charge(core::operation::connection); !allowed) {
            who = allowed.error();
        }
    }
    if (!who) {
        hub.sessions().refused(name->identity, log_text(who.error()));
    }
    return who;
}

connect_return_code return_code_of(const error& refusal) {
    switch (refusal.code) {
    case errc::invalid_protocol_version:
        return connect_return_code::unacceptable_protocol_level;
    case errc::service_unavailable:
    case errc::throttling_backlog_timeout:
        return connect_return_code::server_unavailable;
    default:
        return connect_return_code::not_authorized;
    }
}

} // namespace iothub::mqtt
