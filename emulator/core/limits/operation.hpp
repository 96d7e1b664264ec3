#pragma once
// What the hub limits (service API §8; row L02): operations, and the meters on which they count
// together. Named by http's routes, by transports and by the hub.

#include <cstddef>
#include <string_view>

namespace iothub::core {

enum class operation {
    none, // costs nothing
    registry_read,
    registry_write,
    twin_read,
    twin_update,
    query,
    method,
    c2d_send,
    c2d_receive, // over HTTPS
    job,
    configuration_read,
    configuration_write,
    d2c_send,
    connection,
    file_upload,
};
inline constexpr std::size_t operation_count = 15;

enum class meter {
    registry,
    twin_reads,
    twin_updates,
    queries,
    methods,
    c2d_sends,
    c2d_receives,
    jobs,
    configurations,
    d2c_sends,
    connections,
    file_uploads,
};
inline constexpr std::size_t meter_count = 12;

// Of every operation but none.
meter meter_of(operation what);

// "RegistryRead", as the texts of errors have it.
std::string_view operation_name(operation what);

} // namespace iothub::core
