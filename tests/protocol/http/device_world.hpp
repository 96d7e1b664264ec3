#pragma once
// Devices and modules that speak to the hub over HTTPS (device protocol §3).

#include <string>
#include <string_view>

#include "common/sas_token.hpp"
#include "rest_world.hpp"
#include "support/catch.hpp"

namespace iothub::test {

struct device_world : rest_world {
    explicit device_world(std::optional<core::blob_storage> storage = std::nullopt)
        : rest_world({}, settings_with(std::move(storage))) {
        add("/devices/d");
        add("/devices/d/modules/m");
        add("/devices/e");
    }

    // The header line of a device or module that signs with its own key.
    std::string own_token(const identity_key& who) {
        const auto id = hub.identities().get(who);
        REQUIRE(id);
        std::string resource = "localhost/devices/" + who.device_id;
        resource += who.is_module() ? "/modules/" + who.module_id : "";
        const timestamp expiry = clock.now() + std::chrono::hours(1);
        return "Authorization: " +
               make_sas_token(resource, id->authentication.primary_key, expiry).value() + "\r\n";
    }

    answer ask_as(const identity_key& who, std::string_view method, std::string_view path,
                  std::string_view body = {}, std::string_view more = {}) {
        return ask(method, path, body, own_token(who).append(more));
    }

    // The newest event of the device.
    core::event last_event(const std::string& device_id) {
        const auto partition = hub.events().partition_of(device_id);
        const auto events = hub.events().read(partition, 0, 1000);
        REQUIRE_FALSE(events.empty());
        return events.back();
    }

    static core::hub_settings settings_with(std::optional<core::blob_storage> storage) {
        core::hub_settings settings;
        settings.uploads = std::move(storage);
        return settings;
    }

    const identity_key device{"d", ""};
    const identity_key module{"d", "m"};
    const identity_key other{"e", ""};
};

} // namespace iothub::test
