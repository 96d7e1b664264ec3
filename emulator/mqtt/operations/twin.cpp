#include "emulator/mqtt/operations/twin.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/core/store.hpp"
#include "emulator/mqtt/operations/error_body.hpp"

namespace iothub::mqtt {

namespace {

twin_reply failure(core::hub& hub, const identity_key& self, const error& reason) {
    hub.journal().write(log_level::warning, "mqtt",
                        self.text() + ": twin request refused: " + log_text(reason));
    return {http_status(reason.code), std::nullopt, error_body(hub, reason)};
}

twin_reply fault(core::hub& hub, const identity_key& self, const core::store_fault& what) {
    ++hub.count().errors;
    return failure(hub, self, {errc::server_error, "Internal server error", what.what()});
}

} // namespace

twin_reply get_twin(core::hub& hub, const identity_key& self) try {
    if (const auto allowed = hub.limits().charge(core::operation::twin_read); !allowed) {
        return failure(hub, self, allowed.error());
    }
    const auto twin = hub.twins().get(self);
    if (!twin) {
        return failure(hub, self, twin.error());
    }
    return {200, std::nullopt, to_text(core::device_view(*twin))};
} catch (const core::store_fault& what) {
    return fault(hub, self, what);
}

twin_reply patch_reported(core::hub& hub, const identity_key& self, std::string_view patch,
                          std::optional<std::uint64_t> expected_version) try {
    if (const auto allowed = hub.limits().charge(core::operation::twin_update); !allowed) {
        return failure(hub, self, allowed.error());
    }
    const auto document = parse_json(patch);
    if (!document) {
        return failure(hub, self, document.error());
    }
    const auto version = hub.twins().report(self, *document, expected_version);
    if (!version) {
        return failure(hub, self, version.error());
    }
    ++hub.count().twin_writes;
    return {204, *version, {}};
} catch (const core::store_fault& what) {
    return fault(hub, self, what);
}

} // namespace iothub::mqtt
