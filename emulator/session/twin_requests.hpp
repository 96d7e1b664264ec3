#pragma once
// What a device or module asks of its own twin, over any transport (device protocol §1.4, §1.6,
// §2.7; service API §3). Used by mqtt/connection and amqp's twin links.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::session {

struct twin_caller {
    core::hub& hub;
    const char* protocol; // "mqtt", "amqp": as the log names it
    const identity_key& self;
};

struct twin_reply {
    int status = 0;
    std::optional<std::uint64_t> version; // of the reported properties, after a patch
    std::string body;                     // JSON, or empty
};

// 200 with the twin as the device sees it. Where the hub cannot, as refuse_twin_request().
twin_reply get_twin(const twin_caller& caller);

// 200 with the new version; 400 where the patch is no JSON or breaks a twin rule, 412 where
// `expected_version` is given and is not the current one.
twin_reply patch_reported(const twin_caller& caller, std::string_view patch,
                          std::optional<std::uint64_t> expected_version);

// The error's HTTP status with an error body; the log hears of it.
twin_reply refuse_twin_request(const twin_caller& caller, const error& reason);

} // namespace iothub::session
