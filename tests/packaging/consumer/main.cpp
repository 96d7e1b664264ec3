#include <iostream>
#include <iothub/emulator.hpp>
#include <iothub/registry_client.hpp>

int main() {
    iothub::emulator hub;
    iothub::registry_options options;
    options.ca_file = hub.ca_file().string();
    auto registry =
        iothub::registry_client::create_from_connection_string(hub.connection_string(), options);
    iothub::device_identity device;
    device.device_id = "consumer";
    const std::string key = registry.add_device(device).authentication.symmetric_key.primary_key;
    std::cout << "the hub made a key of " << key.size() << " characters\n";

    int found = 0;
    for (const iothub::twin& twin : registry.query_twins("SELECT * FROM devices")) {
        std::cout << twin.device_id() << " has version " << twin.version() << "\n";
        ++found;
    }
    const bool known = registry.jobs().get("nobody").status != iothub::job_status::unknown;
    return key.empty() || found != 1 || known ? 1 : 0;
}
