#pragma once
// Who may ask for an operation: a back end whose policy grants something (service API §5.1), the
// device or module that the path names (device protocol §3), or also an Edge module that says who
// it is in a header. Used by the table of routes and by admission.

#include <optional>

#include "emulator/core/security/access_policy.hpp"

namespace iothub::http {

struct audience {
    std::optional<core::permission> needed; // nothing: the identity that the path names
    bool edge_modules = false;              // x-ms-edge-moduleId: D/M
};

constexpr audience back_end(core::permission needed) {
    return {needed, false};
}
constexpr audience back_end_or_edge_module(core::permission needed) {
    return {needed, true};
}
constexpr audience the_identity_itself() {
    return {std::nullopt, false};
}

} // namespace iothub::http
