#pragma once
// What a device or module asks of its own twin over MQTT (device protocol §1.4, §1.6; service API
// §3). Used by mqtt/connection.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::mqtt {

struct twin_reply {
    int status = 0;
    std::optional<std::uint64_t> version; // of the reported properties, after a patch
    std::string body;
};

// 200 with the twin as the device sees it. Where the hub cannot, the error's HTTP status with an
// error body.
twin_reply get_twin(core::hub& hub, const identity_key& self);

// 204 with the new version; 400 where the patch is no JSON or breaks a twin rule, 412 where
// `expected_version` is given and is not the current one.
twin_reply patch_reported(core::hub& hub, const identity_key& self, std::string_view patch,
                          std::optional<std::uint64_t> expected_version);

} // namespace iothub::mqtt
