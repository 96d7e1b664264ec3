#pragma once
// Shared access policies (service API §5.1; row A01).

#include <string>
#include <vector>

namespace iothub::core {

enum class permission : unsigned {
    registry_read = 1,
    registry_write = 2,
    service_connect = 4,
    device_connect = 8,
};

constexpr unsigned operator|(permission a, permission b) {
    return static_cast<unsigned>(a) | static_cast<unsigned>(b);
}
constexpr unsigned operator|(unsigned a, permission b) {
    return a | static_cast<unsigned>(b);
}

struct access_policy {
    std::string name;
    std::string primary_key; // base64
    std::string secondary_key;
    unsigned permissions = 0; // a set of `permission`

    bool grants(permission p) const { return (permissions & static_cast<unsigned>(p)) != 0; }
};

// The five policies every new hub has, with published keys, so that a connection string can be
// copied from the documentation into a test.
std::vector<access_policy> published_policies();

} // namespace iothub::core
