#include "emulator/session/twin_requests.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/core/store.hpp"
#include "emulator/session/error_body.hpp"

namespace iothub::session {

namespace {

twin_reply fault(const twin_caller& caller, const core::store_fault& what) {
    ++caller.hub.count().errors;
    return refuse_twin_request(caller, {errc::server_error, "Internal server error", what.what()});
}

} // namespace

twin_reply get_twin(const twin_caller& caller) try {
    core::hub& hub = caller.hub;
    if (const auto allowed = hub.limits().charge(core::operation::twin_read); !allowed) {
        return refuse_twin_request(caller, allowed.error());
    }
    const auto twin = hub.twins().get(caller.self);
    if (!twin) {
        return refuse_twin_request(caller, twin.error());
    }
    return {200, std::nullopt, core::device_view(*twin)};
} catch (const core::store_fault& what) {
    return fault(caller, what);
}

twin_reply patch_reported(const twin_caller& caller, std::string_view patch,
                          std::optional<std::uint64_t> expected_version) try {
    core::hub& hub = caller.hub;
    if (const auto allowed = hub.limits().charge(core::operation::twin_update); !allowed) {
        return refuse_twin_request(caller, allowed.error());
    }
    const auto document = parse_json(patch);
    if (!document) {
        return refuse_twin_request(caller, document.error());
    }
    const auto version = hub.twins().report(caller.self, *document, expected_version);
    if (!version) {
        return refuse_twin_request(caller, version.error());
    }
    ++hub.count().twin_writes;
    return {200, *version, {}};
} catch (const core::store_fault& what) {
    return fault(caller, what);
}

twin_reply refuse_twin_request(const twin_caller& caller, const error& reason) {
    caller.hub.journal().write(log_level::warning, caller.protocol,
                               caller.self.text() + ": twin request refused: " + log_text(reason));
    return {http_status(reason.code), std::nullopt, error_body(caller.hub, reason)};
}

} // namespace iothub::session
