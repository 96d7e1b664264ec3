#pragma once
// What a CONNACK other than 0 means (device protocol §1.2): whether to try again, and what to tell.
// Asked by hub_session.

#include <optional>

#include "iothub/connection_status.hpp"
#include "iothub/hub_error.hpp"

namespace iothub::client {

struct refusal {
    // Why the status becomes Disconnected; nothing: the same attempt may succeed later.
    std::optional<connection_status_change_reason> final_reason{};
    hub_error_details error{};
};

// `accepted_before`: the hub has accepted the same credentials on an earlier connection.
refusal read_refusal(int return_code, bool accepted_before);

} // namespace iothub::client
